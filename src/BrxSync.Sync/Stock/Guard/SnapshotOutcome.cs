namespace BrxSync.Sync.Stock.Guard;

/// <summary>What a snapshot may do.</summary>
internal enum SnapshotOutcome
{
    /// <summary>All of it is applied, and products that are gone are marked.</summary>
    Applied,

    /// <summary>Its readable rows are applied; nothing is removed or marked missing. This is not success.</summary>
    Withheld,

    /// <summary>Nothing of it is applied. The run failed.</summary>
    Refused,
}
