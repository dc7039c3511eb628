using BrxSync.Hosting.Diagnostics;
using BrxSync.Hosting.Jobs;
using BrxSync.Hosting.Jobs.Scheduling;
using BrxSync.Sync.Abstractions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BrxSync.Hosting.Figures;

/// <summary>
/// Reads the figures of the store anew in each process that runs jobs, at the sweep's interval: every process exports the same. No
/// <see cref="BackgroundService"/>, for the reason that <see cref="WorkSignal"/> gives.
/// </summary>
/// <param name="figures">Makes what reads them: not before every option was validated.</param>
/// <param name="clock">The scheduler's clock, which is kept right in passing.</param>
/// <param name="options">The interval.</param>
/// <param name="time">The clock.</param>
/// <param name="faults">Says what failures mean.</param>
/// <param name="logger">Where they are told.</param>
internal sealed partial class FiguresRefresh(
    Func<StoreFigures> figures,
    SchedulerClock clock,
    IOptions<JobsOptions> options,
    TimeProvider time,
    IStoreFaults faults,
    ILogger<FiguresRefresh> logger) : IHostedLifecycleService, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    /// <summary>Before the scheduler starts, which goes by this clock.</summary>
    public Task StartingAsync(CancellationToken cancellationToken) => clock.AlignAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Enabled)
        {
            _running = Task.Run(RunAsync, CancellationToken.None);
        }

        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _stopping.Cancel();

    /// <summary>Ends with its host, and never fails.</summary>
    private async Task RunAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await figures().RefreshAsync(_stopping.Token).ConfigureAwait(false);
                await clock.AlignAsync(_stopping.Token).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                if (!_stopping.IsCancellationRequested)
                {
                    Log.FiguresFailed(logger, faults.Describe(exception), exception);
                }
            }

            await Task.Delay(options.Value.SweepInterval, time, _stopping.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventIds.FiguresFailed, LogLevel.Warning, "The figures of the store could not be read; they are as they were: {Reason}")]
        public static partial void FiguresFailed(ILogger logger, string reason, Exception exception);
    }
}
