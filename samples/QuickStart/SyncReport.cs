using BrxSync.Sync;

namespace QuickStart;

/// <summary>One sync's line of the summary.</summary>
internal sealed record SyncReport(string Title, SyncResult Result, double PeakMiB);
