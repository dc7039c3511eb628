namespace BrxSync.Sync;

/// <summary>Tells how far an operation has come.</summary>
public enum OperationStatus
{
    /// <summary>Waits to be run.</summary>
    Pending,

    /// <summary>Runs.</summary>
    Running,

    /// <summary>Failed for now and will be tried again.</summary>
    Retrying,

    /// <summary>Ended well.</summary>
    Completed,

    /// <summary>Applied what could be read and removed nothing, since the snapshot was not trustworthy: not a success.</summary>
    Withheld,

    /// <summary>Failed for good.</summary>
    Failed,

    /// <summary>Was cancelled.</summary>
    Cancelled,
}
