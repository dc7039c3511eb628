using System.Globalization;
using BrxSync.Client;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Snapshots;
using BrxSync.Sync.Catalog;

namespace BrxSync.Sync.Snapshots;

/// <summary>
/// Keeps products out of the stock whose blueprint the catalogue does not map. Their rows are staged all the same: what is linked
/// already must go on following the marketplace, and must not look missing because of the catalogue.
/// </summary>
/// <param name="catalog">The catalogue, or null when there is none and every product may be created.</param>
internal sealed class CatalogFilter(ICatalog? catalog)
{
    private const int SamplesShown = 10;

    private readonly List<BlueprintId> _ids = [];
    private readonly SortedSet<long> _samples = [];
    private long _unknown;
    private long _excluded;

    /// <summary>Gives what another process needs to tell why products were left out.</summary>
    public CatalogFilterState Save() => new() { Unknown = _unknown, Excluded = _excluded, Samples = [.. _samples] };

    /// <summary>Goes on where another process stopped.</summary>
    public void Restore(CatalogFilterState state)
    {
        (_unknown, _excluded) = (state.Unknown, state.Excluded);
        _samples.UnionWith(state.Samples);
    }

    /// <summary>Marks the rows of a batch that may not be created; one look-up for all of them.</summary>
    public async ValueTask MarkAsync(ArraySegment<SnapshotRow> batch, CancellationToken cancellationToken)
    {
        if (catalog is null)
        {
            return;
        }

        _ids.Clear();
        foreach (var row in batch)
        {
            _ids.Add(row.Product.BlueprintId);
        }

        var matches = await catalog.LookupAsync(_ids, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < batch.Count; i++)
        {
            var blueprint = batch[i].Product.BlueprintId;
            var kind = matches[blueprint].Kind;
            if (kind == CatalogMatchKind.Mapped)
            {
                continue;
            }

            batch[i] = batch[i] with { MayCreate = false };
            if (kind == CatalogMatchKind.Excluded)
            {
                _excluded++;
                continue;
            }

            _unknown++;

            // One more than is shown: it says that there are more.
            if (_samples.Count <= SamplesShown)
            {
                _samples.Add(blueprint.Value);
            }
        }
    }

    /// <summary>Says why products were not created; empty when none was left out.</summary>
    /// <param name="barred">How many were left out: fewer than were marked when some are linked already.</param>
    public IEnumerable<string> Describe(long barred)
    {
        if (barred == 0)
        {
            yield break;
        }

        var reasons = new List<string>();
        if (_unknown > 0)
        {
            var shown = string.Join(", ", _samples.Take(SamplesShown));
            var more = _samples.Count > SamplesShown ? ", ..." : "";
            reasons.Add(Invariant($"{_unknown} products of the export are not in the catalogue (blueprints {shown}{more})"));
        }

        if (_excluded > 0)
        {
            reasons.Add(Invariant($"{_excluded} are in excluded tables of the catalogue"));
        }

        yield return Invariant($"{barred} products were not created: {string.Join(", ", reasons)}. ")
            + "Those that are linked already are kept in step.";
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
