using BrxSync.Client;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
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

    public Task<int> DropDeliveriesAsync(
        AccountId accountId, DateTimeOffset before, int limit, CancellationToken cancellationToken = default) =>
        database.ExecuteAsync(sql.DropDeliveries, Batch(Parameters.Of(accountId), before, limit), cancellationToken);

    public async Task<IReadOnlyList<HeardOrder>> ListOrdersAsync(
        AccountId accountId, DateTimeOffset before, HeardOrder? after, int limit, CancellationToken cancellationToken = default) =>
        await database.ListAsync(
            sql.ListOrders,
            Batch(Parameters.Of(accountId), before, limit)
                .Time("heardAt", after?.HeardAt ?? DateTimeOffset.UnixEpoch)
                .Number("order", after?.Order.Value ?? 0),
            static row => new HeardOrder(new OrderId(row.Number("OrderId")), row.Time("HeardAt")),
            cancellationToken).ConfigureAwait(false);

    public Task<int> DropDriftReportsAsync(
        AccountId accountId, DateTimeOffset before, int limit, CancellationToken cancellationToken = default) =>
        database.ExecuteAsync(sql.DropDriftReports, Batch(Parameters.Of(accountId), before, limit), cancellationToken);

    public Task<int> DropNoticesAsync(
        AccountId accountId, DateTimeOffset before, int limit, CancellationToken cancellationToken = default) =>
        database.ExecuteAsync(sql.DropNotices, Batch(Parameters.Of(accountId), before, limit), cancellationToken);

    public Task<int> DropSnapshotsAsync(
        AccountId accountId, DateTimeOffset before, int last, int limit, CancellationToken cancellationToken = default) =>
        database.ExecuteAsync(
            sql.DropSnapshots, Batch(Parameters.Of(accountId), before, limit).Integer("last", last), cancellationToken);

    private static Parameters Batch(Parameters parameters, DateTimeOffset before, int limit) =>
        parameters.Time("before", before).Integer("limit", limit);
}
