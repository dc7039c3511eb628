namespace BrxSync.Sync.Snapshots;

/// <summary>The counters of a run while it runs: written by the run alone, read by whoever reports.</summary>
internal sealed class SyncCounters
{
    private const int ReadShare = 80;
    private const int PlanShare = 85;
    private const int AllButTheEnd = 99;
    private int _percent;

    /// <summary>Gets or sets what to do when a phase begins, or the expectation is known.</summary>
    public Action? Changed { get; set; }

    public SyncPhase Phase { get; set; }

    /// <summary>Gets whether nothing is read before it is applied: then applying makes up all.</summary>
    public bool OnlyApplies { get; init; }

    public long Expected { get; set; }

    public long Processed { get; set; }

    public long Created { get; set; }

    public long Updated { get; set; }

    public long Unchanged { get; set; }

    public long Removed { get; set; }

    public long Skipped { get; set; }

    /// <summary>Gets or sets how many of the skipped rows the catalogue kept from being created.</summary>
    public long Barred { get; set; }

    public long BytesRead { get; set; }

    /// <summary>Begins a phase, and tells of it at once.</summary>
    public void Enter(SyncPhase phase)
    {
        Phase = phase;
        Changed?.Invoke();
    }

    /// <summary>
    /// Reading makes up 80 of 100: without an expectation it stays at 0 until the end of the export is seen. Only a run
    /// that ended well is at 100.
    /// </summary>
    public SyncProgress ToProgress(TimeSpan elapsed)
    {
        var percent = Phase switch
        {
            SyncPhase.Connecting => 0,
            SyncPhase.Reading => Expected > 0 ? (int)Math.Min(ReadShare, Processed * ReadShare / Expected) : 0,
            SyncPhase.Planning => ReadShare,
            SyncPhase.Applying when OnlyApplies => Expected > 0 ? (int)Math.Min(AllButTheEnd, Processed * 100 / Expected) : 0,
            _ => PlanShare,
        };
        _percent = Math.Max(_percent, percent);
        return new SyncProgress
        {
            Phase = Phase,
            Percent = _percent,
            Expected = Expected,
            Processed = Processed,
            Created = Created,
            Updated = Updated,
            Unchanged = Unchanged,
            Removed = Removed,
            Skipped = Skipped,
            BytesRead = BytesRead,
            Elapsed = elapsed,
        };
    }
}
