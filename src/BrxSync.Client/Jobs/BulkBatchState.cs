namespace BrxSync.Client.Jobs;

/// <summary>How far one batch of a bulk run is.</summary>
public enum BulkBatchState
{
    /// <summary>Not handed in yet.</summary>
    Waiting = 0,

    /// <summary>Being handed in. After a crash in this state nobody knows whether CardTrader has it.</summary>
    Submitting = 1,

    /// <summary>Handed in; the job is at work.</summary>
    Submitted = 2,

    /// <summary>Every element has a verdict.</summary>
    Settled = 3,
}
