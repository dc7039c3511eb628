namespace BrxSync.Sync.Abstractions.Records.Snapshots;

/// <summary>How a plan finds what differs. Quantity, price and blueprint are always compared themselves.</summary>
internal enum SnapshotComparison
{
    /// <summary>Descriptive fields by the hash kept with each row: fast, and blind to what somebody else changed in the table.</summary>
    Hash,

    /// <summary>Descriptive fields themselves, whatever the hash says.</summary>
    Fields,
}
