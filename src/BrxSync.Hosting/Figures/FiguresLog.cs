using BrxSync.Hosting.Diagnostics;
using BrxSync.Hosting.Jobs;
using BrxSync.Sync.Abstractions;
using Microsoft.Extensions.Logging;

namespace BrxSync.Hosting.Figures;

/// <summary>Says what failures to read the figures mean. That the host is gone is none.</summary>
internal sealed partial class FiguresLog(IStoreFaults faults, HostEnd end, ILogger<FiguresRefresh> logger)
{
    public void Failed(Exception failure)
    {
        if (failure is not ObjectDisposedException || !end.HasCome)
        {
            Log.FiguresFailed(logger, faults.Describe(failure), failure);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventIds.FiguresFailed, LogLevel.Warning, "The figures of the store could not be read; they are as they were: {Reason}")]
        public static partial void FiguresFailed(ILogger logger, string reason, Exception exception);
    }
}
