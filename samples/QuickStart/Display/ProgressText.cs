using System.Globalization;
using BrxSync.Sync;

namespace QuickStart.Display;

/// <summary>Progress and figures in words.</summary>
internal static class ProgressText
{
    public static string Describe(SyncProgress progress) => progress.Phase switch
    {
        SyncPhase.Connecting => "opening the export",
        SyncPhase.Reading => $"read {Number(progress.Processed)} products, {Number(progress.RowsPerSecond)}/s",
        SyncPhase.Planning => $"comparing {Number(progress.Processed)} products",
        SyncPhase.Applying => $"writing {Number(progress.Created + progress.Updated + progress.Removed)} changes",
        _ => $"done, {Number(progress.Processed)} products",
    };

    public static string Number(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("N2", CultureInfo.InvariantCulture);
}
