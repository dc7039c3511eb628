using BrxSync.Hosting.Jobs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Quartz;

namespace BrxSync.Hosting.Startup;

/// <summary>
/// Knows whether the host is still starting. It has started when the schema is up to date, every hosted service has started, and the
/// scheduler runs, where this process runs jobs; <c>StartAsync</c> of the host does not return before.
/// </summary>
/// <param name="scheduler">Gives the scheduler, and null where this process has none.</param>
/// <param name="options">Whether jobs are run.</param>
internal sealed class HostStart(ISchedulerFactory? scheduler, IOptions<JobsOptions> options) : IHostedLifecycleService
{
    /// <summary>How often the scheduler is looked at, by the machine's own clock: a host's may stand still.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    /// <summary>How long it is waited for. Whoever asks after that is told that it does not run.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private volatile bool _isUnderWay;

    /// <summary>Gets whether the start has begun and not ended.</summary>
    public bool IsUnderWay => _isUnderWay;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _isUnderWay = true;
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (scheduler is not null && options.Value.Enabled)
        {
            try
            {
                await UntilRunningAsync(scheduler, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // It was shut down meanwhile: whoever did that ends the host, which is not for us to do.
            }
        }

        _isUnderWay = false;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task UntilRunningAsync(ISchedulerFactory factory, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        var scheduler = await factory.GetScheduler(cancellationToken).ConfigureAwait(false);
        while (scheduler.Status != SchedulerStatus.Running && TimeProvider.System.GetElapsedTime(began) < Patience)
        {
            await Task.Delay(Interval, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
    }
}
