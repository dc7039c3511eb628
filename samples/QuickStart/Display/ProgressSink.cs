using BrxSync.Sync;

namespace QuickStart.Display;

/// <summary>Hands progress on at once and in order; <see cref="Progress{T}"/> would post it to the thread pool.</summary>
internal sealed class ProgressSink(Action<SyncProgress> show) : IProgress<SyncProgress>
{
    private readonly Lock gate = new();

    public void Report(SyncProgress value)
    {
        lock (gate)
        {
            show(value);
        }
    }
}
