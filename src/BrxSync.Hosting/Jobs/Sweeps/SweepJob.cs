using BrxSync.Hosting.Diagnostics;
using BrxSync.Sync.Abstractions;
using Microsoft.Extensions.Logging;
using Quartz;

namespace BrxSync.Hosting.Jobs.Sweeps;

/// <summary>
/// Runs the sweep at its interval, in one process of those that share a database. What fails is tried again by the next one.
/// </summary>
/// <remarks>Databases hold the name of this class and of its assembly: neither can change as long as versions run side by side.</remarks>
[DisallowConcurrentExecution]
internal sealed partial class SweepJob(
    Sweep sweep, GivenUpTriggers givenUp, IStoreFaults faults, HostEnd end, ILogger<SweepJob> logger) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await sweep.RunAsync(cancellationToken).ConfigureAwait(false);
            await givenUp.ResetAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host stops.
        }
        catch (ObjectDisposedException) when (end.HasCome)
        {
            // There is nobody to tell.
        }
        catch (Exception exception)
        {
            Log.SweepFailed(logger, faults.Describe(exception), exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.SweepFailed, LogLevel.Warning, "The sweep could not look for work; the next one will: {Reason}")]
        public static partial void SweepFailed(ILogger logger, string reason, Exception exception);
    }
}
