namespace BrxSync.Sync.Abstractions.Records;

/// <summary>What a catalogue filter has counted.</summary>
internal sealed record CatalogFilterState
{
    public long Unknown { get; init; }

    public long Excluded { get; init; }

    public IReadOnlyList<long> Samples { get; init; } = [];
}
