namespace BrxSync.Benchmarks.FullSyncFloor;

/// <summary>One way of bringing a store to what the marketplace lists.</summary>
internal interface ISyncUnderTest : IAsyncDisposable
{
    /// <summary>Prepares the store.</summary>
    Task SetUpAsync();

    /// <summary>Synchronizes once.</summary>
    Task<string> SyncAsync();

    /// <summary>Reads what the database counted, or null where it counts nothing.</summary>
    Task<StoreCounters?> CountAsync();
}

/// <summary>What PostgreSQL counted since its start.</summary>
internal sealed record StoreCounters(long WalBytes, long Inserted, long Updated);

/// <summary>What one synchronization took.</summary>
internal sealed record Measurement(
    double Seconds, double IdleMegabytes, double PeakMegabytes, long? WalBytes, long? Inserted, long? Updated, string Outcome);
