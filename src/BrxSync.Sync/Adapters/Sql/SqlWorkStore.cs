using System.Text.Json;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Feeds;
using BrxSync.Sync.Adapters.Sql.Access;
using BrxSync.Sync.Adapters.Sql.Rows;
using BrxSync.Sync.Retries;

namespace BrxSync.Sync.Adapters.Sql;

/// <summary>Looks for work by one query over all accounts: each of its parts is met by an index that starts with the account.</summary>
/// <param name="database">The pool.</param>
/// <param name="select">The dialect's query, with room for a further condition on <c>a.user_id</c>.</param>
/// <param name="time">The clock.</param>
/// <param name="feeds">The feeds that have a handler here.</param>
internal sealed class SqlWorkStore(Database database, Func<bool, string> select, TimeProvider time, FeedNames feeds) : IWorkStore
{
    private readonly string _feeds = JsonSerializer.Serialize(feeds.All, StoreJsonContext.Default.IReadOnlyListString);

    public async Task<IReadOnlyList<AccountWork>> ListAsync(CancellationToken cancellationToken = default) =>
        await database.ListAsync(select(false), Of(null), WorkRow.Read, cancellationToken).ConfigureAwait(false);

    public Task<AccountWork?> FindAsync(AccountId id, CancellationToken cancellationToken = default) =>
        database.FindAsync(select(true), Of(id), WorkRow.Read, cancellationToken);

    private Parameters Of(AccountId? id)
    {
        var now = time.GetUtcNow();
        return new Parameters()
            .Text("account", id?.ToString())
            .Time("now", now)
            .Time("silent", now - SqlOperationStore.LivePatience)
            .Time("latestSign", now + SqlOperationStore.LivePatience)
            .Time("latestReread", now + LongestPause.OfReread)
            .Time("latestFetch", now + LongestPause.OfFetch)
            .Time("latestChange", now + LongestPause.OfChange)
            .Time("latestFeed", now + LongestPause.OfFeed)
            .Text("feeds", _feeds);
    }
}
