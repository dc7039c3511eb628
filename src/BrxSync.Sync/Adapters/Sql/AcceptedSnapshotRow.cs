using BrxSync.Sync.Stock.Guard;

namespace BrxSync.Sync.Adapters.Sql;

/// <summary>What an operator has accepted, as it is read.</summary>
internal sealed class AcceptedSnapshotRow
{
    public long Linked { get; init; }

    public long Seen { get; init; }

    public string? Currency { get; init; }

    public AcceptedSnapshot ToAccepted() => new(new SnapshotFall(Linked, Seen), Currency);
}
