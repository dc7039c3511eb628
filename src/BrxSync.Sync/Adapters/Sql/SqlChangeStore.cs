using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Adapters.Sql.Access;
using BrxSync.Sync.Adapters.Sql.Rows;
using BrxSync.Sync.Stock.Changes;

namespace BrxSync.Sync.Adapters.Sql;

/// <summary>Reads <c>pending_changes</c>; whose turn it is stands in the account's row.</summary>
internal sealed class SqlChangeStore(Database database, ChangeStatements sql, TimeProvider time) : IChangeStore
{
    /// <summary>A turn that seems to last longer was taken before the clock was set back.</summary>
    private static readonly TimeSpan LongestTurn = TimeSpan.FromMinutes(30);

    public async Task<bool> TryTakeTurnAsync(
        AccountId accountId, string owner, TimeSpan duration, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        return await database.ExecuteAsync(
            sql.TryTakeTurn,
            Parameters.Of(accountId)
                .Text("owner", owner)
                .Time("until", now + duration)
                .Time("now", now)
                .Time("latest", now + LongestTurn),
            cancellationToken).ConfigureAwait(false) == 1;
    }

    public Task EndTurnAsync(AccountId accountId, string owner, CancellationToken cancellationToken = default) =>
        database.ExecuteAsync(sql.EndTurn, Parameters.Of(accountId).Text("owner", owner), cancellationToken);

    public async Task<IReadOnlyList<ChangeRow>> ListOpenAsync(
        AccountId accountId, ChangeState state, ChangeKind? kind, long after, int limit, CancellationToken cancellationToken = default) =>
        await database.ListAsync(
            sql.ListOpen,
            Parameters.Of(accountId)
                .Text("state", StoredWords.Of(state))
                .Text("kind", kind is { } only ? StoredWords.Of(only) : null)
                .Number("after", after)
                .Integer("limit", limit),
            StoredChange.Read,
            cancellationToken).ConfigureAwait(false);

    public Task<ChangeRow?> FindAsync(AccountId accountId, Guid id, CancellationToken cancellationToken = default) =>
        database.FindAsync(sql.Find, Parameters.Of(accountId).Text("id", id.ToString("D")), StoredChange.Read, cancellationToken);

    public Task<ChangeRow?> FindByReferenceAsync(AccountId accountId, string reference, CancellationToken cancellationToken = default) =>
        database.FindAsync(
            sql.FindByReference, Parameters.Of(accountId).Text("reference", reference), StoredChange.Read, cancellationToken);

    public async Task<IReadOnlyList<ChangeRow>> ListAsync(
        AccountId accountId,
        long? itemId,
        string? operationId,
        long? before,
        int limit,
        CancellationToken cancellationToken = default) =>
        await database.ListAsync(
            sql.List,
            Parameters.Of(accountId)
                .Number("item", itemId)
                .Text("operation", operationId)
                .Number("before", before)
                .Integer("limit", limit),
            StoredChange.Read,
            cancellationToken).ConfigureAwait(false);

    public async Task<IReadOnlyList<long>> ListDueHoldsAsync(
        AccountId accountId, long after, int limit, CancellationToken cancellationToken = default) =>
        await database.ListAsync(
            sql.ListDueHolds,
            Parameters.Of(accountId).Number("after", after).Integer("limit", limit),
            static row => row.Number("Id"),
            cancellationToken).ConfigureAwait(false);
}
