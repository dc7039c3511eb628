using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Retries;

namespace BrxSync.Sync.Adapters.Sql;

/// <summary>Looks for work by one query over all accounts: each of its parts is met by an index that starts with the account.</summary>
/// <param name="database">The pool.</param>
/// <param name="select">The dialect's query, with room for a further condition on <c>a.user_id</c>.</param>
/// <param name="time">The clock.</param>
internal sealed class SqlWorkStore(Database database, Func<bool, string> select, TimeProvider time) : IWorkStore
{
    public async Task<IReadOnlyList<AccountWork>> ListAsync(CancellationToken cancellationToken = default)
    {
        var rows = await database.ListAsync<WorkRow>(select(false), Parameters(null), cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => row.ToWork())];
    }

    public async Task<AccountWork?> FindAsync(AccountId id, CancellationToken cancellationToken = default)
    {
        var row = await database.FindAsync<WorkRow>(select(true), Parameters(id), cancellationToken).ConfigureAwait(false);
        return row?.ToWork();
    }

    private object Parameters(AccountId? id)
    {
        var now = time.GetUtcNow();
        return new
        {
            account = id?.ToString(),
            now = StoredTime.ToMicroseconds(now),
            silent = StoredTime.ToMicroseconds(now - SqlOperationStore.LivePatience),
            latestSign = StoredTime.ToMicroseconds(now + SqlOperationStore.LivePatience),
            latestReread = StoredTime.ToMicroseconds(now + LongestPause.OfReread),
            latestFetch = StoredTime.ToMicroseconds(now + LongestPause.OfFetch),
        };
    }
}
