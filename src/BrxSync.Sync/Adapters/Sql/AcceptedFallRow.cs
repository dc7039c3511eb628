using BrxSync.Sync.Stock;

namespace BrxSync.Sync.Adapters.Sql;

/// <summary>The fall that an operator has accepted, as it is read.</summary>
internal sealed class AcceptedFallRow
{
    public long Linked { get; init; }

    public long Seen { get; init; }

    public SnapshotFall ToFall() => new(Linked, Seen);
}
