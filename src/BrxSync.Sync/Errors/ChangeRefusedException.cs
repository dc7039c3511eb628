namespace BrxSync.Sync;

/// <summary>A change cannot be made as it was asked for. Nothing was written.</summary>
public sealed class ChangeRefusedException : BrxSyncException
{
    /// <summary>Creates the exception.</summary>
    public ChangeRefusedException()
        : base(null, null)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    public ChangeRefusedException(string message)
        : base(message, null)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public ChangeRefusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="faults">All that is wrong.</param>
    public ChangeRefusedException(IReadOnlyList<ChangeFault> faults)
        : base(string.Join(' ', faults.Select(fault => fault.Message)), null) => Faults = faults;

    /// <summary>Gets all that is wrong.</summary>
    public IReadOnlyList<ChangeFault> Faults { get; } = [];
}
