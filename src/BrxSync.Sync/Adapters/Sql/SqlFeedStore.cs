using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records.Feeds;
using BrxSync.Sync.Adapters.Sql.Access;
using BrxSync.Sync.Adapters.Sql.Rows;

namespace BrxSync.Sync.Adapters.Sql;

/// <summary>Keeps the cursors in <c>stock_feeds</c>: each write is one statement on the primary key.</summary>
internal sealed class SqlFeedStore(Database database, FeedQueries sql, TimeProvider time) : IFeedStore
{
    public Task CreateAsync(AccountId accountId, string name, bool fromNow, CancellationToken cancellationToken = default) =>
        database.ExecuteAsync(
            sql.Create,
            Parameters.Of(accountId).Text("name", name).Flag("fromNow", fromNow).Time("now", time.GetUtcNow()),
            cancellationToken);

    public Task<FeedCursor?> FindAsync(AccountId accountId, string name, CancellationToken cancellationToken = default) =>
        database.FindAsync(sql.Find, Parameters.Of(accountId).Text("name", name), FeedRow.Read, cancellationToken);

    public async Task<FeedCursor?> TrySaveAsync(AccountId accountId, FeedCursor cursor, CancellationToken cancellationToken = default)
    {
        var rows = await database.ExecuteAsync(
            sql.Save,
            Parameters.Of(accountId)
                .Text("name", cursor.Name)
                .Number("version", cursor.Version)
                .Number("position", cursor.Position)
                .Integer("attempts", cursor.Attempts)
                .Time("notBefore", cursor.NotBefore)
                .Text("holder", cursor.Holder)
                .Text("error", cursor.Error)
                .Time("now", time.GetUtcNow()),
            cancellationToken).ConfigureAwait(false);
        return rows == 1 ? cursor with { Version = cursor.Version + 1 } : null;
    }

    public async Task<IReadOnlyList<JournalEntry>> ListEntriesAsync(
        AccountId accountId, long afterPosition, int limit, CancellationToken cancellationToken = default) =>
        await database.ListAsync(
            sql.ListEntries,
            Parameters.Of(accountId).Number("after", afterPosition).Integer("limit", limit),
            JournalRow.Read,
            cancellationToken).ConfigureAwait(false);

    public async Task<IReadOnlyList<FeedBacklog>> ListBacklogsAsync(CancellationToken cancellationToken = default) =>
        await database.ListAsync(sql.ListBacklogs, null, FeedRow.ReadBacklog, cancellationToken).ConfigureAwait(false);
}
