using BrxSync.Client;
using BrxSync.Sync.Abstractions.Records.Blueprints;

namespace BrxSync.Sync.Abstractions;

/// <summary>Keeps what was learned about blueprints, for all accounts and processes. Implemented by each database adapter.</summary>
internal interface IBlueprintPropertyStore
{
    /// <summary>Finds what is known of blueprints; those that nothing is known of are left out.</summary>
    /// <param name="ids">The blueprints.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>What is known, in no particular order.</returns>
    Task<IReadOnlyList<LearnedBlueprint>> FindAsync(IReadOnlyCollection<BlueprintId> ids, CancellationToken cancellationToken = default);

    /// <summary>Keeps what was learned, unless something newer is there that was not learned after <paramref name="now"/>.</summary>
    /// <param name="blueprints">What was learned, each blueprint once.</param>
    /// <param name="now">The present: what claims to be from later cannot be believed, and is replaced.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    Task SaveAsync(IReadOnlyCollection<LearnedBlueprint> blueprints, DateTimeOffset now, CancellationToken cancellationToken = default);
}
