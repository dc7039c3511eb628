using BrxSync.Client;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Snapshots;
using BrxSync.Sync.Stock.Clocks;

namespace BrxSync.Sync.Abstractions;

/// <summary>
/// One snapshot on its way into the stock, second phase: what differs is known, and a transaction keeps other writers of the account out.
/// The members are called in their order. Disposing it before <see cref="ApplyAsync"/> has ended rolls all of it back; the session goes on.
/// </summary>
internal interface ISnapshotPlan : IAsyncDisposable
{
    /// <summary>Gets what applying would do.</summary>
    PlannedChanges Changes { get; }

    /// <summary>
    /// Lists the products that something happened to since the snapshot began: sold, changed here, read again. The plan knows nothing of
    /// that, so the rules decide about each of them.
    /// </summary>
    /// <param name="window">When CardTrader looked.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The products, each with its staged quantity; null where the stage lacks it.</returns>
    Task<IReadOnlyDictionary<ProductId, int?>> ListTouchedAsync(SnapshotWindow window, CancellationToken cancellationToken = default);

    /// <summary>Opens a step on the stock inside the plan's transaction. What it saves is committed with the snapshot.</summary>
    /// <param name="cancellationToken">Cancels the preparation.</param>
    /// <returns>The step.</returns>
    Task<IStockSession> OpenStockAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes quantities that the rules have decided out of the plan's hands; what describes the products is still written by it.
    /// </summary>
    /// <param name="products">The products.</param>
    /// <param name="cancellationToken">Cancels the change.</param>
    /// <returns>A task that ends when stage and plan are changed.</returns>
    Task SetAsideAsync(IReadOnlyList<SetAsideProduct> products, CancellationToken cancellationToken = default);

    /// <summary>Looks closer at what the plan holds: what differs, by kind and with samples. Nothing is written.</summary>
    /// <param name="samples">How many products to name for each kind.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The differences.</returns>
    Task<SnapshotDrift> MeasureDriftAsync(int samples, CancellationToken cancellationToken = default);

    /// <summary>Writes the plan, the journal and the record of the snapshot, and commits.</summary>
    /// <param name="application">How to apply it.</param>
    /// <param name="cancellationToken">Cancels before the commit.</param>
    /// <returns>A task that ends when the transaction is committed.</returns>
    Task ApplyAsync(SnapshotApplication application, CancellationToken cancellationToken = default);
}
