using System.ComponentModel.DataAnnotations;

namespace BrxSync.Hosting.Jobs;

/// <summary>How the work outside of requests is run.</summary>
public sealed class JobsOptions
{
    /// <summary>Gets or sets whether this process runs jobs. Work that it leaves is done by other processes on the same database.</summary>
    /// <value>Default true.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>Gets or sets how often to look for work that nobody was told of: what a crash left, and what is due.</summary>
    /// <value>Default 30 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Gets or sets how often a process looks for jobs that others have stored, where several share a database. Its own it takes at once.
    /// </summary>
    /// <value>Default 2 seconds. Without effect with SQLite.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:30")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Gets or sets how long a process that runs jobs may give no sign of life before others take over what it ran, where several share a
    /// database. Each gives three signs in this time, so the others notice after four thirds of it at the latest.
    /// </summary>
    /// <value>Default 15 seconds; the same in all processes. Without effect with SQLite.</value>
    [Range(typeof(TimeSpan), "00:00:03", "00:05:00")]
    public TimeSpan ProcessTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Gets or sets over what the limits of the queues count.</summary>
    /// <value>Default <see cref="JobLimitScope.Process"/>; the same in all processes.</value>
    public JobLimitScope LimitScope { get; set; } = JobLimitScope.Process;

    /// <summary>
    /// Gets or sets how many jobs of the queue <c>high-priority</c> (re-reads and pushes) run at once in this process.
    /// </summary>
    /// <value>Default 8.</value>
    [Range(1, 1_000)]
    public int HighPriorityLimit { get; set; } = 8;

    /// <summary>
    /// Gets or sets how many jobs of the queue <c>default</c> (order polling, reconciliation) run at once in this process.
    /// </summary>
    /// <value>Default 4.</value>
    [Range(1, 1_000)]
    public int DefaultLimit { get; set; } = 4;

    /// <summary>Gets or sets how many jobs of the queue <c>bulk-sync</c> (full syncs) run at once in this process.</summary>
    /// <value>Default 2.</value>
    [Range(1, 1_000)]
    public int BulkSyncLimit { get; set; } = 2;

    /// <summary>Gets or sets how long after the last one orders are polled again, for webhooks that were missed.</summary>
    /// <value>Default 5 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan OrdersInterval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Gets or sets by which share of the interval each account's polls are moved, so that accounts do not all start at once.
    /// </summary>
    /// <value>Default 0.2: between 4 and 6 minutes with the default interval.</value>
    [Range(0.0, 0.5)]
    public double OrdersJitter { get; set; } = 0.2;

    /// <summary>Gets or sets whether an account that was never synchronized gets its first full sync without being asked for.</summary>
    /// <value>Default false: the first sync is started by a person or by the host.</value>
    public bool SyncOnConnect { get; set; }

    /// <summary>Gets or sets how late a recurring job may be before it counts as missed; it then runs at once.</summary>
    /// <value>Default 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan MisfireThreshold { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets or sets after how long a job is cancelled; what it has finished stays.</summary>
    /// <value>Default 25 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan SoftLimit { get; set; } = TimeSpan.FromMinutes(25);

    /// <summary>Gets or sets after how long a job that did not obey its cancellation is reported as an error.</summary>
    /// <value>Default 30 minutes; longer than <see cref="SoftLimit"/>.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan HardLimit { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// Gets or sets how often a job is tried, the first time included, while its failures may pass by themselves: then it is given up, and
    /// becomes a dead letter. In between are waits at random.
    /// </summary>
    /// <value>Default 10.</value>
    [Range(1, 100)]
    public int RetryAttempts { get; set; } = 10;

    /// <summary>Gets or sets the longest wait before the second attempt; it doubles each time.</summary>
    /// <value>Default 1 second.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:05:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Gets or sets the longest wait between attempts. Work that was given up and is still there is tried no more often than that.
    /// </summary>
    /// <value>Default 5 minutes; not shorter than <see cref="RetryDelay"/>.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan RetryMaxDelay { get; set; } = TimeSpan.FromMinutes(5);
}
