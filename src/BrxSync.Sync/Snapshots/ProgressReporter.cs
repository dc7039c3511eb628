using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Diagnostics;
using Microsoft.Extensions.Logging;

namespace BrxSync.Sync.Snapshots;

/// <summary>Publishes a run's counters four times a second and persists them, as its sign of life, every second.</summary>
internal sealed partial class ProgressReporter : IAsyncDisposable
{
    private static readonly TimeSpan PublishInterval = TimeSpan.FromMilliseconds(250);
    private const int PublishedPerPersisted = 4;

    private readonly CancellationTokenSource _stop = new();
    private readonly string _operationId;
    private readonly SyncCounters _counters;
    private readonly IOperationStore _operations;
    private readonly IProgress<SyncProgress>? _progress;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly long _started;
    private readonly Task _loop;

    public ProgressReporter(
        Operation operation, SyncCounters counters, IOperationStore operations, IProgress<SyncProgress>? progress, TimeProvider time, ILogger logger)
    {
        (_operationId, _counters, _operations, _progress, _time, _logger) = (operation.Id, counters, operations, progress, time, logger);
        _started = time.GetTimestamp();
        _loop = RunAsync();
    }

    /// <summary>Gives the counters as of now.</summary>
    public SyncProgress Current() => _counters.ToProgress(_time.GetElapsedTime(_started));

    /// <summary>Publishes the counters at once, as at the change of a phase.</summary>
    public SyncProgress Publish()
    {
        var progress = Current();
        _progress?.Report(progress);
        return progress;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(PublishInterval, _time);
        for (var tick = 1; await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false); tick++)
        {
            var progress = Publish();
            if (tick % PublishedPerPersisted == 0)
            {
                await PersistAsync(progress).ConfigureAwait(false);
            }
        }
    }

    private async Task PersistAsync(SyncProgress progress)
    {
        try
        {
            await _operations.ReportAsync(_operationId, progress, _stop.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The run itself meets the same database and decides; a lost sign of life must not end it.
            Log.ProgressNotStored(_logger, _operationId, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.ProgressNotStored, LogLevel.Warning, "Progress of operation {OperationId} could not be stored; the run goes on")]
        public static partial void ProgressNotStored(ILogger logger, string operationId, Exception exception);
    }
}
