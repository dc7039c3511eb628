namespace BrxSync.Sync.Adapters.Redis;

/// <summary>What Redis answers to a process that asks for a lease.</summary>
/// <param name="Lane">The lane that is served, <see cref="Nobody"/>, or <see cref="OtherState"/>.</param>
/// <param name="Wait">When to ask again for whoever still waits, in ticks from now; null when nobody does.</param>
/// <param name="Now">The server's time, by which the lease is known to be granted.</param>
/// <param name="State">The name of the state. A server that lost it has another one.</param>
/// <param name="Opening">For how long processes keep to their shares, in ticks.</param>
internal readonly record struct AcquireAnswer(int Lane, long? Wait, long Now, string State, long Opening)
{
    public const int Nobody = -1;
    public const int OtherState = -2;
}
