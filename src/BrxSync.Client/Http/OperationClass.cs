namespace BrxSync.Client.Http;

/// <summary>Decides about time limits, retries and concurrency of a call.</summary>
internal enum OperationClass
{
    /// <summary>Reads; may be repeated at will.</summary>
    Read = 0,

    /// <summary>Reads the stock export: slow to begin, long to arrive.</summary>
    Export,

    /// <summary>Sets a final state; the same call again changes nothing more.</summary>
    Write,

    /// <summary>Adds, buys or creates: a second call would do it again.</summary>
    NonRepeatableWrite,

    /// <summary>Asks how far a job is.</summary>
    JobPoll,
}
