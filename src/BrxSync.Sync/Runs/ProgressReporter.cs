using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Diagnostics;
using BrxSync.Sync.Snapshots;
using Microsoft.Extensions.Logging;

namespace BrxSync.Sync.Runs;

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
    private readonly Lock _gate = new();
    private Task _loop = Task.CompletedTask;
    private bool _isFinal;

    public ProgressReporter(
        string operationId,
        SyncCounters counters,
        IOperationStore operations,
        IProgress<SyncProgress>? progress,
        TimeProvider time,
        ILogger logger)
    {
        (_operationId, _counters, _operations, _progress, _time, _logger) = (operationId, counters, operations, progress, time, logger);
        _started = time.GetTimestamp();
    }

    /// <summary>Gets whose operation it is.</summary>
    public required AccountId Account { get; init; }

    /// <summary>Gets what to do when somebody else has ended the operation.</summary>
    public Action? Ended { get; init; }

    /// <summary>Gets the percentage that was told before: that of an operation that is tried again never falls.</summary>
    public int LeastPercent { get; init; }

    /// <summary>Begins to publish and to persist.</summary>
    public void Start() => _loop = RunAsync();

    /// <summary>Publishes the counters at once, as at the change of a phase.</summary>
    public void Publish() => Publish(null);

    /// <summary>Gives the counters of a run that has ended.</summary>
    public SyncProgress Final(bool succeeded)
    {
        lock (_gate)
        {
            var progress = Current();
            return progress with { Phase = SyncPhase.Done, Percent = succeeded ? 100 : progress.Percent };
        }
    }

    /// <summary>Publishes the last counters; nothing is published after them.</summary>
    public void PublishFinal(SyncProgress progress) => Publish(progress);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private SyncProgress Current()
    {
        var progress = _counters.ToProgress(_time.GetElapsedTime(_started));
        return progress.Percent >= LeastPercent ? progress : progress with { Percent = LeastPercent };
    }

    /// <summary>One at a time, so that what the host sees never falls.</summary>
    private SyncProgress Publish(SyncProgress? final)
    {
        lock (_gate)
        {
            var progress = final ?? Current();
            if (_isFinal)
            {
                return progress;
            }

            _isFinal = final is not null;
            try
            {
                _progress?.Report(progress);
            }
            catch (Exception exception)
            {
                Log.ProgressNotReported(_logger, _operationId, exception);
            }

            return progress;
        }
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(PublishInterval, _time);
        var persisting = Task.CompletedTask;
        try
        {
            for (var tick = 1; await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false); tick++)
            {
                var progress = Publish(null);

                // Beside the loop: a store that lets its writer wait must not hold back what the host sees.
                if (tick % PublishedPerPersisted == 0 && persisting.IsCompleted)
                {
                    persisting = Task.Run(() => PersistAsync(progress), CancellationToken.None);
                }
            }
        }
        finally
        {
            await persisting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task PersistAsync(SyncProgress progress)
    {
        try
        {
            if (!await _operations.ReportAsync(Account, _operationId, progress, _stop.Token).ConfigureAwait(false))
            {
                Ended?.Invoke();
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The run itself meets the same database and decides; a lost sign of life must not end it.
            Log.ProgressNotStored(_logger, _operationId, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventIds.ProgressNotStored, LogLevel.Warning, "Progress of operation {OperationId} could not be stored; the run goes on")]
        public static partial void ProgressNotStored(ILogger logger, string operationId, Exception exception);

        [LoggerMessage(
            EventIds.ProgressNotReported,
            LogLevel.Warning,
            "The host's progress handler failed for operation {OperationId}; the run goes on")]
        public static partial void ProgressNotReported(ILogger logger, string operationId, Exception exception);
    }
}
