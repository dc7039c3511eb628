namespace BrxSync.Client.Jobs;

/// <summary>How far a job is. An open set: unknown states are kept as they came.</summary>
/// <param name="Value">The state as received.</param>
public readonly record struct JobState(string Value)
{
    /// <summary>Gets the state of a job that has not begun (<c>pending</c>).</summary>
    public static JobState Pending { get; } = new("pending");

    /// <summary>Gets the state of a job at work (<c>running</c>).</summary>
    public static JobState Running { get; } = new("running");

    /// <summary>Gets the state of a job that is done. Its elements may have failed all the same (<c>completed</c>).</summary>
    public static JobState Completed { get; } = new("completed");

    /// <summary>Gets the state of a job that was refused as a whole (<c>unprocessable</c>).</summary>
    public static JobState Unprocessable { get; } = new("unprocessable");

    /// <summary>Gets the state given for a job that CardTrader does not know (<c>unknown</c>).</summary>
    public static JobState Unknown { get; } = new("unknown");

    /// <summary>Gets a value indicating whether the job will not change any more.</summary>
    public bool IsFinal => this == Completed || this == Unprocessable || this == Unknown;

    /// <summary>Returns the state as received.</summary>
    public override string ToString() => Value ?? string.Empty;
}
