namespace BrxSync.Hosting.Jobs;

/// <summary>Over what the limits of the queues count.</summary>
public enum JobLimitScope
{
    /// <summary>Each process runs as many jobs of a queue at once as its limit says: more processes run more.</summary>
    Process,

    /// <summary>
    /// All processes that share a PostgreSQL database run as many together as the limit says. The same as <see cref="Process"/> with
    /// SQLite.
    /// </summary>
    Database,
}
