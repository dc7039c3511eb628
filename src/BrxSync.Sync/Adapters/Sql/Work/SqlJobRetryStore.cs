using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Adapters.Sql.Access;

namespace BrxSync.Sync.Adapters.Sql.Work;

/// <summary>Keeps jobs that failed in <c>job_retries</c>: a row by its key, and only of those that failed.</summary>
internal sealed class SqlJobRetryStore(Database database, JobRetryStatements sql, TimeProvider time) : IJobRetryStore
{
    public Task<JobRetry?> FindAsync(AccountId accountId, WorkKind kind, CancellationToken cancellationToken = default) =>
        database.FindAsync(sql.Find, Key(accountId, kind), Read, cancellationToken);

    public async Task<bool> SaveAsync(JobRetry retry, string error, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(retry);
        var saved = await database.InTransactionAsync<JobRetry>(
            async (connection, transaction) =>
            {
                var parameters = Of(retry).Text("error", error).Time("now", time.GetUtcNow());

                // The operation first, as whoever cancels it does: of the two the later one sees what the other did.
                if (retry.OperationId is not null
                    && await connection.ExecuteAsync(
                        new Statement(sql.ShowRetrying, parameters, transaction), cancellationToken).ConfigureAwait(false) == 0)
                {
                    return null;
                }

                await connection.ExecuteAsync(new Statement(sql.Save, parameters, transaction), cancellationToken).ConfigureAwait(false);
                return retry;
            },
            cancellationToken).ConfigureAwait(false);
        return saved is not null;
    }

    public Task RemoveAsync(AccountId accountId, WorkKind kind, CancellationToken cancellationToken = default) =>
        database.ExecuteAsync(sql.Remove, Key(accountId, kind), cancellationToken);

    public async Task<IReadOnlyList<JobRetry>> ListDueAsync(TimeSpan longest, int limit, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        return await database.ListAsync(
            sql.ListDue,
            new Parameters().Time("now", now).Time("latest", now + longest).Integer("limit", limit),
            Read,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives the parameters of a job, as steps on the stock take them too.</summary>
    public static Parameters Of(JobRetry retry) => Key(retry.AccountId, retry.Kind)
        .Text("operation", retry.OperationId)
        .Integer("attempts", retry.Attempts)
        .Time("firstFailedAt", retry.FirstFailedAt)
        .Time("notBefore", retry.NotBefore)
        .Flag("isGivenUp", retry.IsGivenUp);

    private static Parameters Key(AccountId accountId, WorkKind kind) => Parameters.Of(accountId).Text("kind", StoredWords.Of(kind));

    private static JobRetry Read(RowReader row) => new()
    {
        AccountId = new AccountId(row.Uuid("UserId")),
        Kind = StoredWords.FindWorkKind(row.Text("Kind")) ?? WorkKind.Sync,
        OperationId = row.TextOrNull("OperationId"),
        Attempts = row.Integer("Attempts"),
        FirstFailedAt = row.Time("FirstFailedAt"),
        NotBefore = row.Time("NotBefore"),
        IsGivenUp = row.Flag("IsGivenUp"),
    };
}
