namespace BrxSync.Store.Compliance.Changes;

/// <summary>How something goes wrong at one point of a process.</summary>
public enum Mishap
{
    /// <summary>The process ends there: from then on it does nothing at all.</summary>
    Dies,

    /// <summary>The database cannot be reached there, once; the process goes on.</summary>
    LosesDatabase,

    /// <summary>The host asks the process to stop there.</summary>
    IsStopped,
}
