namespace BrxSync.Benchmarks.FullSyncFloor;

/// <summary>One way of bringing a store to what the marketplace lists.</summary>
internal interface ISyncUnderTest : IAsyncDisposable
{
    /// <summary>Prepares the store.</summary>
    Task SetUpAsync();

    /// <summary>Synchronizes once.</summary>
    Task<string> SyncAsync();

    /// <summary>Begins to watch the processor time of this process and of the database server.</summary>
    Task<CpuClock> WatchAsync();

    /// <summary>Reads what the database counted, or null where it counts nothing.</summary>
    Task<StoreCounters?> CountAsync();
}

/// <summary>What PostgreSQL counted since its start, and what the tables of items and of the journal hold with their indexes.</summary>
internal sealed record StoreCounters(long WalBytes, long Inserted, long Updated, long ItemBytes, long JournalBytes);

/// <summary>What one synchronization took.</summary>
internal sealed record Measurement(
    double Seconds, double IdleMegabytes, double PeakMegabytes, StoreCounters? Grown, CpuTimes Cpu, string Outcome);
