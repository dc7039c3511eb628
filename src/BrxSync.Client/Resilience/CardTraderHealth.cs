namespace BrxSync.Client.Resilience;

/// <summary>
/// Tells whether calls to CardTrader are being sent, for health checks and dashboards. Registered beside the client; costs no call.
/// </summary>
public sealed class CardTraderHealth
{
    private readonly CallPolicies _policies;
    private readonly TrafficPause _pause;

    internal CardTraderHealth(CallPolicies policies, TrafficPause pause)
    {
        _policies = policies;
        _pause = pause;
    }

    /// <summary>Gets the classes of calls that fail at once because too many of them failed.</summary>
    /// <value>Names of policies in <see cref="ResilienceOptions"/>, for example <c>Read</c>; empty when all is well.</value>
    public IReadOnlyList<string> OpenCircuits => _policies.ListOpenCircuits();

    /// <summary>Gets how long no call is sent at all because something in front of CardTrader blocked one.</summary>
    /// <value>Zero when there is no pause.</value>
    public TimeSpan PausedFor => _pause.Left is { } left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    /// <summary>Gets a value indicating whether some calls are not sent at the moment.</summary>
    public bool IsDegraded => PausedFor > TimeSpan.Zero || OpenCircuits.Count > 0;
}
