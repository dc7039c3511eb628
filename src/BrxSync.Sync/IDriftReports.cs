namespace BrxSync.Sync;

/// <summary>Reads what reconciliations found.</summary>
public interface IDriftReports
{
    /// <summary>Lists an account's reports, newest first.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="limit">How many at most, 1 to 200.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The reports.</returns>
    Task<IReadOnlyList<DriftReport>> ListAsync(AccountId accountId, int limit, CancellationToken cancellationToken = default);

    /// <summary>Finds the report of one reconciliation.</summary>
    /// <param name="operationId">The operation.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The report, or null when the operation is unknown, was no reconciliation, or ended before it could compare.</returns>
    Task<DriftReport?> FindAsync(string operationId, CancellationToken cancellationToken = default);
}
