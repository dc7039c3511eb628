using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Adapters.Sql.Access;
using BrxSync.Sync.Adapters.Sql.Rows;

namespace BrxSync.Sync.Adapters.Sql;

/// <summary>Reads <c>dead_letters</c>; they are written by the steps on the stock.</summary>
/// <param name="database">Where letters are read, on which it depends what becomes of them.</param>
/// <param name="sql">What the dialect says.</param>
/// <param name="replicas">Where they are counted, which may be a little old; null for the same.</param>
internal sealed class SqlDeadLetterStore(Database database, DeadLetterQueries sql, Database? replicas = null) : IDeadLetterStore
{
    public async Task<IReadOnlyList<NumberedDeadLetter>> ListAsync(
        DeadLetterFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return await database.ListAsync(
            sql.List(filter),
            new Parameters()
                .Text("account", filter.AccountId?.ToString())
                .Text("source", filter.Source)
                .Text("kind", filter.Kind)
                .Time("failedBefore", filter.FailedBefore)
                .Number("before", filter.Before)
                .Integer("limit", filter.Limit),
            DeadLetterRow.Read,
            cancellationToken).ConfigureAwait(false);
    }

    public async Task<DeadLetter?> FindAsync(AccountId accountId, Guid id, CancellationToken cancellationToken = default) =>
        (await database.FindAsync(
            sql.Find,
            Parameters.Of(accountId).Text("id", id.ToString("D")),
            DeadLetterRow.Read,
            cancellationToken).ConfigureAwait(false)).Letter;

    public async Task<IReadOnlyDictionary<string, long>> CountOpenAsync(
        AccountId? accountId, CancellationToken cancellationToken = default)
    {
        var counts = await (replicas ?? database).ListAsync(
            sql.CountOpen,
            new Parameters().Text("account", accountId?.ToString()),
            static row => (Source: row.Text("Source"), Count: row.Number("Letters")),
            cancellationToken).ConfigureAwait(false);
        return counts.ToDictionary(count => count.Source, count => count.Count, StringComparer.Ordinal);
    }
}
