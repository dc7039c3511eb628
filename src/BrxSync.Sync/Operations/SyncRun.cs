using System.Threading.Channels;

namespace BrxSync.Sync;

/// <summary>A full sync that was started: watch its progress, or wait for its end, or both.</summary>
public sealed class SyncRun
{
    internal SyncRun(ChannelReader<SyncProgress> progress, Task<SyncResult> completion) =>
        (Progress, Completion) = (progress.ReadAllAsync(), completion);

    /// <summary>
    /// Gets the counters as they change, until the run ends. For one reader; one that is slow sees the newest and misses some.
    /// </summary>
    public IAsyncEnumerable<SyncProgress> Progress { get; }

    /// <summary>Gets how the run ends; it fails as <see cref="IFullSync.RunAsync"/> would.</summary>
    public Task<SyncResult> Completion { get; }
}
