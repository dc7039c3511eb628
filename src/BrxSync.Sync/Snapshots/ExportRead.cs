using BrxSync.Client.Errors;
using BrxSync.Client.Inventory;
using BrxSync.Sync.Stock.Guard;
using BrxSync.Sync.Time;

namespace BrxSync.Sync.Snapshots;

/// <summary>Reads single exports into the stage, each with its window.</summary>
internal sealed class ExportRead(SnapshotInstructions run, SnapshotReader reader, SyncCounters counters, MarketplaceTime time)
{
    /// <summary>Gets the account's calls, each with its window.</summary>
    public TimedCalls Calls { get; } = new(run.Remote, time);

    /// <summary>Reads one export.</summary>
    /// <param name="filter">What to export; null for everything.</param>
    /// <param name="origin">How to name it where a row of it is reported; null for the only one.</param>
    /// <param name="cancellationToken">Stops the download.</param>
    public async Task<SnapshotReading> ReadAsync(ProductExportFilter? filter, string? origin, CancellationToken cancellationToken)
    {
        BodyFault? body = null;
        try
        {
            var export = await Calls.Remote.Inventory.OpenExportAsync(filter, cancellationToken).ConfigureAwait(false);
            await using (export.ConfigureAwait(false))
            {
                counters.Phase = SyncPhase.Reading;
                await reader.ReadAsync(export, origin, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (CardTraderResponseException exception)
        {
            body = new BodyFault(origin is null ? exception.Message : $"{exception.Message} ({origin})", exception.BytePosition);
        }

        return new SnapshotReading(Calls.Window(), body);
    }
}
