using BrxSync.Sync;
using Spectre.Console;

namespace QuickStart.Display;

/// <summary>A file, a pipe or a log: one line at every phase and at most one a second in between.</summary>
internal sealed class PlainDisplay(TextWriter output, TimeProvider time) : IDisplay
{
    private const int Width = 120;

    public void Say(string text) => output.WriteLine(text);

    public async Task<SyncResult> WatchAsync(string title, Func<IProgress<SyncProgress>, Task<SyncResult>> run)
    {
        SyncPhase? phase = null;
        var written = time.GetTimestamp();
        var result = await run(new ProgressSink(progress =>
        {
            if (progress.Phase == phase && time.GetElapsedTime(written) < TimeSpan.FromSeconds(1))
            {
                return;
            }

            phase = progress.Phase;
            written = time.GetTimestamp();
            Write(progress);
        }));
        if (phase != result.Progress.Phase)
        {
            Write(result.Progress);
        }

        return result;

        void Write(SyncProgress progress) => output.WriteLine($"{title}: {progress.Percent,3} %, {ProgressText.Describe(progress)}");
    }

    public void Show(IReadOnlyList<SyncReport> reports)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = Width;
        console.Write(SummaryTable.Of(reports, TableBorder.Ascii));
    }
}
