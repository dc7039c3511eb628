namespace BrxSync.Client.Jobs;

/// <summary>CardTrader's answer to a batch that was handed in.</summary>
public sealed record JobReceipt : CardTraderRecord
{
    /// <summary>Gets the job, which says later what became of each element.</summary>
    public required JobId Id { get; init; }
}
