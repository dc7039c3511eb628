namespace BrxSync.Sync.Stock;

/// <summary>Why a suspicious fall was applied after all.</summary>
internal enum FallConsent
{
    /// <summary>There was no suspicious fall, or nobody confirmed it.</summary>
    None,

    /// <summary>Several snapshots in a row told the same story.</summary>
    Repetition,

    /// <summary>A person said that it is right.</summary>
    Operator,
}
