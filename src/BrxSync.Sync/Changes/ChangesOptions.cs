using System.ComponentModel.DataAnnotations;

namespace BrxSync.Sync;

/// <summary>How changes that are made here reach CardTrader.</summary>
public sealed class ChangesOptions
{
    /// <summary>
    /// Gets or sets whether anything is sent. Off, changes are made here and wait; each account has a switch of its own besides.
    /// </summary>
    /// <value>Default true.</value>
    public bool WritesEnabled { get; set; } = true;

    /// <summary>
    /// Gets or sets how many products go into one bulk call. CardTrader does not state a limit; more than 450 was never seen to work.
    /// </summary>
    /// <value>Default 100.</value>
    [Range(1, 450)]
    public int BatchSize { get; set; } = 100;

    /// <summary>Gets or sets how many jobs of one account may be at work at CardTrader at once.</summary>
    /// <value>Default 4.</value>
    [Range(1, 50)]
    public int MaxJobsAtWork { get; set; } = 4;

    /// <summary>
    /// Gets or sets how long after it was handed in a job is asked for the first time, and how long apart it is asked for again. All jobs
    /// of an account together are asked for once per second at most.
    /// </summary>
    /// <value>Default 1 second.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan JobPollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets or sets how long a job is asked for before its changes are taken as in doubt.</summary>
    /// <value>Default 5 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan JobTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets or sets how many changes of quantities of one account are on their way at once; each is a call of its own.</summary>
    /// <value>Default 4.</value>
    [Range(1, 50)]
    public int ConcurrentCalls { get; set; } = 4;

    /// <summary>Gets or sets how often a change is tried before a person has to look at it.</summary>
    /// <value>Default 10.</value>
    [Range(1, 100)]
    public int Attempts { get; set; } = 10;
}
