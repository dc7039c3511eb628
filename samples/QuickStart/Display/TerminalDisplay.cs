using BrxSync.Sync;
using Spectre.Console;

namespace QuickStart.Display;

/// <summary>A terminal: one bar per sync, drawn over itself.</summary>
internal sealed class TerminalDisplay(IAnsiConsole console) : IDisplay
{
    public void Say(string text) => console.MarkupLineInterpolated($"{text}");

    public Task<SyncResult> WatchAsync(string title, Func<IProgress<SyncProgress>, Task<SyncResult>> run) =>
        console.Progress()
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                new ElapsedTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask(Markup.Escape(title), maxValue: 100);
                var result = await run(new ProgressSink(progress =>
                {
                    bar.Value = progress.Percent;

                    // How long a first export will be is not known before its end.
                    bar.IsIndeterminate = progress is { Expected: 0, Phase: SyncPhase.Connecting or SyncPhase.Reading };
                    bar.Description = Markup.Escape($"{title}: {ProgressText.Describe(progress)}");
                }));
                bar.IsIndeterminate = false;
                bar.Value = result.Progress.Percent;
                bar.Description = Markup.Escape($"{title}: {ProgressText.Describe(result.Progress)}");
                bar.StopTask();
                return result;
            });

    public void Show(IReadOnlyList<SyncReport> reports) => console.Write(SummaryTable.Of(reports, TableBorder.Rounded));
}
