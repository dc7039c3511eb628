namespace BrxSync.Simulator.Webhooks;

/// <summary>What became of a webhook.</summary>
public enum WebhookState
{
    /// <summary>On its way, or kept back.</summary>
    Queued,

    /// <summary>Answered with a status below 300.</summary>
    Delivered,

    /// <summary>Refused or not reachable, and not tried again.</summary>
    Failed,

    /// <summary>Lost on purpose, or the account has no address.</summary>
    Lost,
}
