using BrxSync.Client;
using BrxSync.Client.Inventory;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Snapshots;
using BrxSync.Sync.Stock.Clocks;

namespace BrxSync.Sync.Snapshots;

/// <summary>
/// Reads an account's whole stock expansion by expansion, and keeps what it has after each, so that the run after a crash goes on there.
/// What no expansion held is looked up by its blueprint before it may count as gone: not every product belongs to an expansion.
/// </summary>
internal sealed class ExpansionRead(
    ISnapshotCursor cursor, SnapshotReader reader, ExportRead export, SnapshotInstructions run, TimeProvider time)
{
    private const int LookUpsPerSave = 100;

    private readonly HashSet<long> _expansions = [];
    private readonly HashSet<long> _blueprints = [];
    private readonly long _begunAt = time.GetTimestamp();
    private DateTimeOffset _startedAt = time.GetUtcNow();
    private TimeSpan _ranBefore;
    private SnapshotWindow? _window;
    private long _saved;

    /// <summary>Gets whether it went on where another process stopped, so that a part of it was read long before this run began.</summary>
    public bool Resumed { get; private set; }

    private TimeSpan Ran => _ranBefore + time.GetElapsedTime(_begunAt);

    /// <summary>Reads it to its end, or to the first body that is none.</summary>
    public async Task<SnapshotReading> ReadAsync(CancellationToken cancellationToken)
    {
        if (!run.DryRun)
        {
            await ResumeAsync(cancellationToken).ConfigureAwait(false);
        }

        if (await ReadExpansionsAsync(cancellationToken).ConfigureAwait(false) is { } refused
            || (refused = await LookUpAbsentAsync(cancellationToken).ConfigureAwait(false)) is not null)
        {
            if (!run.DryRun)
            {
                await cursor.DropAsync(cancellationToken).ConfigureAwait(false);
            }

            return refused;
        }

        return new SnapshotReading(_window!.Value, null);
    }

    private async Task ResumeAsync(CancellationToken cancellationToken)
    {
        if (await cursor.FindAsync(cancellationToken).ConfigureAwait(false) is not { } left)
        {
            return;
        }

        var age = _startedAt - left.StartedAt;
        if (left.Identity != run.Identity || age > run.Options.ResumeWithin || age < -run.Options.ResumeWithin)
        {
            await cursor.DropAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        reader.Restore(left.Reader, await cursor.RestoreAsync(cancellationToken).ConfigureAwait(false));
        (_startedAt, _window, _saved) = (left.StartedAt, left.Window, left.Reader.Processed);
        _ranBefore = age > TimeSpan.Zero ? age : TimeSpan.Zero;
        Resumed = true;
        _expansions.UnionWith(left.Expansions);
        _blueprints.UnionWith(left.Blueprints);
    }

    private async Task<SnapshotReading?> ReadExpansionsAsync(CancellationToken cancellationToken)
    {
        // The list is read again after the last one: what is put on sale meanwhile may be the first of its expansion.
        while (await ListPendingAsync(cancellationToken).ConfigureAwait(false) is { Count: > 0 } pending)
        {
            foreach (var expansion in pending)
            {
                var filter = new ProductExportFilter { ExpansionId = expansion };
                if (await ReadOneAsync(filter, $"expansion {expansion}", cancellationToken).ConfigureAwait(false) is { } refused)
                {
                    return refused;
                }

                _expansions.Add(expansion.Value);
                await SaveAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        return null;
    }

    private async Task<List<ExpansionId>> ListPendingAsync(CancellationToken cancellationToken)
    {
        var ran = Ran;
        var expansions = await export.Calls.Remote.Catalog.ListOwnExpansionsAsync(cancellationToken).ConfigureAwait(false);
        Widen(export.Calls.Window(), ran);

        // An expansion that is not read looks like one whose products are gone.
        return
        [
            .. expansions.RequireAll().Select(expansion => expansion.Id).Distinct()
                .Where(id => !_expansions.Contains(id.Value)).OrderBy(id => id.Value),
        ];
    }

    private async Task<SnapshotReading?> LookUpAbsentAsync(CancellationToken cancellationToken)
    {
        // Other products of such a blueprint were read with their expansion; taken once more they would look like duplicates.
        reader.IgnoresKnown = true;
        var absent = await cursor.ListAbsentBlueprintsAsync(cancellationToken).ConfigureAwait(false);
        foreach (var blueprint in absent.Where(id => !_blueprints.Contains(id)))
        {
            var filter = new ProductExportFilter { BlueprintId = new BlueprintId(blueprint) };
            if (await ReadOneAsync(filter, $"blueprint {blueprint}", cancellationToken).ConfigureAwait(false) is { } refused)
            {
                return refused;
            }

            if (_blueprints.Add(blueprint) && _blueprints.Count % LookUpsPerSave == 0)
            {
                await SaveAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        return null;
    }

    /// <summary>Reads one export; gives the reading only when it refuses the run.</summary>
    private async Task<SnapshotReading?> ReadOneAsync(ProductExportFilter filter, string origin, CancellationToken cancellationToken)
    {
        var ran = Ran;
        var reading = await export.ReadAsync(filter, origin, cancellationToken).ConfigureAwait(false);
        Widen(reading.Window, ran);
        return reading.Body is not null || reader.ForeignSeller is not null ? reading : null;
    }

    /// <summary>
    /// From the earliest look to the latest. Each look also tells when the first one was, by the clock that CardTrader has now: set back
    /// between them, it would call what happened since the first look older than that.
    /// </summary>
    /// <param name="window">The look.</param>
    /// <param name="ran">What had passed since the first look when it was asked for.</param>
    private void Widen(SnapshotWindow window, TimeSpan ran) => _window = _window is { } held
        ? held.With(new SnapshotWindow(window.From - ran, window.To))
        : window;

    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        if (run.DryRun)
        {
            return;
        }

        var state = reader.Save();
        await cursor.SaveAsync(
            new SnapshotCursor
            {
                Identity = run.Identity,
                StartedAt = _startedAt,
                Window = _window!.Value,
                Expansions = [.. _expansions],
                Blueprints = [.. _blueprints],
                Reader = state,
            },
            _saved,
            cancellationToken).ConfigureAwait(false);
        _saved = state.Processed;
    }
}
