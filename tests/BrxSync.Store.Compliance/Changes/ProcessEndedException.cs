namespace BrxSync.Store.Compliance.Changes;

/// <summary>The process has ended: nothing in it goes on.</summary>
public sealed class ProcessEndedException : Exception;
