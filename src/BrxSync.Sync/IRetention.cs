namespace BrxSync.Sync;

/// <summary>
/// Removes history that is older than <see cref="Retention.RetentionOptions"/> has it kept, and that nothing needs any more. The jobs do
/// so by themselves; a host without jobs calls it now and then.
/// </summary>
public interface IRetention
{
    /// <summary>Removes what is due, a batch and a transaction at a time. Runs in several processes do not harm each other.</summary>
    /// <param name="cancellationToken">Cancels between two batches; what was removed stays so.</param>
    /// <returns>How many rows were removed.</returns>
    Task<RetentionResult> RunAsync(CancellationToken cancellationToken = default);
}
