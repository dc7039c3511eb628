namespace BrxSync.Sync.Stock.Guard;

/// <summary>Why a suspicious fall, or another currency, was believed after all.</summary>
internal enum SnapshotConsent
{
    /// <summary>There was nothing to confirm, or nobody confirmed it.</summary>
    None,

    /// <summary>Several snapshots in a row told the same story.</summary>
    Repetition,

    /// <summary>A person said that it is right.</summary>
    Operator,
}
