namespace BrxSync.Client.Jobs;

/// <summary>Identifies a job: CardTrader's work on one batch of products.</summary>
/// <param name="Value">The UUID as text.</param>
public readonly record struct JobId(string Value)
{
    /// <summary>Returns the UUID.</summary>
    public override string ToString() => Value ?? string.Empty;
}
