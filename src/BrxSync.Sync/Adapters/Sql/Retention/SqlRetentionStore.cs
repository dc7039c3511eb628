using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Adapters.Sql.Access;

namespace BrxSync.Sync.Adapters.Sql.Retention;

/// <summary>Removes history, a statement and so a transaction a batch.</summary>
internal sealed class SqlRetentionStore(Database database, RetentionQueries sql) : IRetentionStore
{
    public Task<int> DropChangesAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken = default) =>
        database.ExecuteAsync(sql.DropChanges, Batch(new Parameters(), before, limit), cancellationToken);

    public Task<int> DropJournalAsync(
        AccountId accountId, DateTimeOffset before, int limit, CancellationToken cancellationToken = default) =>
        database.ExecuteAsync(sql.DropJournal, Batch(Parameters.Of(accountId), before, limit), cancellationToken);

    public Task<int> DropDeadLettersAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken = default) =>
        database.ExecuteAsync(sql.DropDeadLetters, Batch(new Parameters(), before, limit), cancellationToken);

    public Task<int> DropOperationsAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken = default) =>
        database.ExecuteAsync(sql.DropOperations, Batch(new Parameters(), before, limit), cancellationToken);

    private static Parameters Batch(Parameters parameters, DateTimeOffset before, int limit) =>
        parameters.Time("before", before).Integer("limit", limit);
}
