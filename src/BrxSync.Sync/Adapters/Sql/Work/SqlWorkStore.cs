using System.Text.Json;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Feeds;
using BrxSync.Sync.Adapters.Sql.Access;
using BrxSync.Sync.Adapters.Sql.Rows;
using BrxSync.Sync.Retries;

namespace BrxSync.Sync.Adapters.Sql.Work;

/// <summary>Looks for work by one query for each page of accounts that have some.</summary>
/// <param name="database">The pool.</param>
/// <param name="sql">The dialect's statements.</param>
/// <param name="time">The clock.</param>
/// <param name="feeds">The feeds that have a handler here.</param>
internal sealed class SqlWorkStore(Database database, WorkStatements sql, TimeProvider time, FeedNames feeds) : IWorkStore
{
    private readonly string _feeds = JsonSerializer.Serialize(feeds.All, StoreJsonContext.Default.IReadOnlyListString);

    public async Task<IReadOnlyList<AccountWork>> ListDueAsync(
        WorkHorizon horizon, AccountId? after, int limit, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        var values = At(now)
            .Time("latestOrders", now + horizon.Orders)
            .Time("latestCompare", now + horizon.Compare)
            .Text("after", (after ?? new AccountId(Guid.Empty)).ToString())
            .Integer("limit", limit);
        return await database.ListAsync(
            feeds.All.Count > 0 ? sql.ListDueWithFeeds : sql.ListDue, values, WorkRow.Read, cancellationToken).ConfigureAwait(false);
    }

    public Task PlanAsync(IReadOnlyCollection<NextLook> looks, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<StoredLook> stored =
        [
            .. looks.Select(look => new StoredLook(
                look.AccountId.ToString(), Of(look.OrdersDueAt), Of(look.CompareDueAt))),
        ];
        return stored.Count == 0
            ? Task.CompletedTask
            : database.ExecuteAsync(
                sql.Plan,
                new Parameters().Text("looks", JsonSerializer.Serialize(stored, StoreJsonContext.Default.IReadOnlyListStoredLook)),
                cancellationToken);
    }

    public Task<AccountWork?> FindAsync(AccountId id, CancellationToken cancellationToken = default) =>
        database.FindAsync(sql.Find, At(time.GetUtcNow()).Account(id), WorkRow.Read, cancellationToken);

    private static long? Of(DateTimeOffset? time) => time is { } at ? StoredTime.ToMicroseconds(at) : null;

    private Parameters At(DateTimeOffset now) => new Parameters()
        .Time("now", now)
        .Time("silent", now - SqlOperationStore.LivePatience)
        .Time("latestSign", now + SqlOperationStore.LivePatience)
        .Time("latestReread", now + LongestPause.OfReread)
        .Time("latestFetch", now + LongestPause.OfFetch)
        .Time("latestChange", now + LongestPause.OfChange)
        .Time("latestFeed", now + LongestPause.OfFeed)
        .Text("feeds", _feeds);
}
