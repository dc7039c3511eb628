namespace BrxSync.Sync;

/// <summary>Brings a database to the schema that this version needs. Implemented by each database adapter.</summary>
public interface IStoreMigrator
{
    /// <summary>Gets what the store is and where, for people: without user names, passwords or connection strings.</summary>
    string Description { get; }

    /// <summary>Applies the missing migrations under a lock; several processes may call it at once.</summary>
    /// <param name="cancellationToken">Cancels between migrations.</param>
    /// <returns>How many migrations were applied.</returns>
    /// <exception cref="StoreMigrationException">
    /// The database cannot be reached or used, a migration failed, or one that was applied earlier has changed since.
    /// </exception>
    Task<int> MigrateAsync(CancellationToken cancellationToken = default);
}
