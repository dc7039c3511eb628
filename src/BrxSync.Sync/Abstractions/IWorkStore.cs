using BrxSync.Sync.Abstractions.Records;

namespace BrxSync.Sync.Abstractions;

/// <summary>Tells what work waits in the store. Implemented by each database adapter.</summary>
internal interface IWorkStore
{
    /// <summary>
    /// Lists accounts that something may be due for, page by page in the order of their ids: those for which anything waits, those whose
    /// periodic work comes due, and those whose feeds have something to do. What has nothing to do is not read.
    /// </summary>
    /// <param name="horizon">How far ahead due times are believed.</param>
    /// <param name="after">The last account of the page before; null for the first page.</param>
    /// <param name="limit">How many accounts a page has at most. One that has fewer is the last.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The accounts.</returns>
    Task<IReadOnlyList<AccountWork>> ListDueAsync(
        WorkHorizon horizon, AccountId? after, int limit, CancellationToken cancellationToken = default);

    /// <summary>
    /// Stores when accounts are to be looked at again. An account whose row somebody else is changing may be left out: it stays due.
    /// </summary>
    /// <param name="looks">The times.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>A task that ends when they are stored.</returns>
    Task PlanAsync(IReadOnlyCollection<NextLook> looks, CancellationToken cancellationToken = default);

    /// <summary>Tells what waits for one account.</summary>
    /// <param name="id">The account.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>Its work, or null when no calls may be made for it.</returns>
    Task<AccountWork?> FindAsync(AccountId id, CancellationToken cancellationToken = default);
}
