using BrxSync.Hosting.Jobs;
using BrxSync.Hosting.Jobs.Scheduling;
using Microsoft.Extensions.Hosting;
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
/// <param name="log">Where failures are told.</param>
internal sealed class FiguresRefresh(
    Func<StoreFigures> figures,
    SchedulerClock clock,
    IOptions<JobsOptions> options,
    TimeProvider time,
    FiguresLog log) : IHostedLifecycleService, IDisposable
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
                    log.Failed(exception);
                }
            }

            await Task.Delay(options.Value.SweepInterval, time, _stopping.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
