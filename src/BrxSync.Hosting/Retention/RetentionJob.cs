using BrxSync.Hosting.Diagnostics;
using BrxSync.Hosting.Jobs;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions;
using Microsoft.Extensions.Logging;
using Quartz;

namespace BrxSync.Hosting.Retention;

/// <summary>Removes history that is past its time. What fails is tried again by the next run.</summary>
/// <remarks>Databases hold the name of this class and of its assembly: neither can change as long as versions run side by side.</remarks>
[DisallowConcurrentExecution]
internal sealed partial class RetentionJob(IRetention retention, IStoreFaults faults, HostEnd end, ILogger<RetentionJob> logger) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await retention.RunAsync(cancellationToken).ConfigureAwait(false);
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
            Log.RetentionFailed(logger, faults.Describe(exception), exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventIds.RetentionFailed, LogLevel.Warning, "History could not be removed; the next run goes on with it: {Reason}")]
        public static partial void RetentionFailed(ILogger logger, string reason, Exception exception);
    }
}
