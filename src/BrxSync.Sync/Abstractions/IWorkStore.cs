using BrxSync.Sync.Abstractions.Records;

namespace BrxSync.Sync.Abstractions;

/// <summary>Tells what work waits in the store. Implemented by each database adapter.</summary>
internal interface IWorkStore
{
    /// <summary>
    /// Lists what waits for every account that calls may be made for, also where nothing does, and for others that are connected and whose
    /// feeds have something to do; in the order of their ids.
    /// </summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The accounts.</returns>
    Task<IReadOnlyList<AccountWork>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Tells what waits for one account.</summary>
    /// <param name="id">The account.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>Its work, or null when no calls may be made for it.</returns>
    Task<AccountWork?> FindAsync(AccountId id, CancellationToken cancellationToken = default);
}
