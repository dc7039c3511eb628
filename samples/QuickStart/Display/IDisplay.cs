using BrxSync.Sync;

namespace QuickStart.Display;

/// <summary>Where the program writes: a terminal with a live bar, or plain lines.</summary>
internal interface IDisplay
{
    void Say(string text);

    /// <summary>Runs a sync and shows its progress.</summary>
    Task<SyncResult> WatchAsync(string title, Func<IProgress<SyncProgress>, Task<SyncResult>> run);

    void Show(IReadOnlyList<SyncReport> reports);
}
