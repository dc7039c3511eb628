namespace BrxSync.Sync.Runs;

/// <summary>
/// A run that a job had begun failed. One that may be tried again is left as it is, for the job to say when; any other has ended.
/// </summary>
internal sealed class RunFailedException : BrxSyncException
{
    public RunFailedException(string operationId, string code, string message, bool isTransient, Exception? innerException)
        : base(message, innerException, isTransient) => (OperationId, Code) = (operationId, code);

    /// <summary>Gets the operation that records the run.</summary>
    public string OperationId { get; }

    /// <summary>Gets what went wrong, for programs.</summary>
    public string Code { get; }
}
