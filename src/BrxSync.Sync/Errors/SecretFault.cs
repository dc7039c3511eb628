namespace BrxSync.Sync;

/// <summary>Why a stored secret cannot be read.</summary>
public enum SecretFault
{
    /// <summary>The text is not an encrypted secret: cut short, altered in its outer form, or never encrypted.</summary>
    Damaged,

    /// <summary>
    /// The text has the right form but none of the configured keys made it: its key is missing, or its content was altered.
    /// </summary>
    NoMatchingKey,
}
