namespace BrxSync.Client.Jobs;

/// <summary>What became of one element of a bulk run.</summary>
public enum BulkOutcome
{
    /// <summary>Not decided yet: its batch waits or is at work. Run again.</summary>
    Pending = 0,

    /// <summary>Done.</summary>
    Ok = 1,

    /// <summary>Done, with something changed or left out.</summary>
    Warning = 2,

    /// <summary>Refused.</summary>
    Error = 3,

    /// <summary>Nobody knows: an answer or a verdict is missing. Read the stock to find out; do not send it again blindly.</summary>
    InDoubt = 4,
}
