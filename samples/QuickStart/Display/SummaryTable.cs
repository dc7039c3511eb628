using Spectre.Console;

namespace QuickStart.Display;

/// <summary>The table at the end.</summary>
internal static class SummaryTable
{
    public static Table Of(IReadOnlyList<SyncReport> reports, TableBorder border)
    {
        var table = new Table().Border(border);
        table.AddColumn("sync");
        foreach (var column in (string[])["created", "updated", "unchanged", "removed", "skipped", "seconds", "rows/s", "peak MiB"])
        {
            table.AddColumn(new TableColumn(column).RightAligned().NoWrap());
        }

        foreach (var report in reports)
        {
            var progress = report.Result.Progress;
            table.AddRow(
                [
                    Markup.Escape(report.Title),
                    ProgressText.Number(progress.Created),
                    ProgressText.Number(progress.Updated),
                    ProgressText.Number(progress.Unchanged),
                    ProgressText.Number(progress.Removed),
                    ProgressText.Number(progress.Skipped),
                    ProgressText.Seconds(progress.Elapsed),
                    ProgressText.Number(progress.RowsPerSecond),
                    ProgressText.Number(report.PeakMiB),
                ]);
        }

        return table;
    }
}
