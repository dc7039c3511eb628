using System.Data.Common;
using BrxSync.Client.Errors;
using BrxSync.Hosting.Diagnostics;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions;
using Microsoft.Extensions.Logging;

namespace BrxSync.Hosting.Jobs;

/// <summary>Says what became of jobs, and of what failed what it means and what to do.</summary>
internal sealed partial class JobLog(IStoreFaults faults, HostEnd end, ILogger<AccountJob> logger)
{
    /// <summary>Adds job and account to every line that is logged within.</summary>
    public IDisposable? Scope(string kind, AccountId account) => Log.JobScope(logger, kind, account);

    public void Retried(string kind, AccountId account, int attempt, Exception failure) =>
        Log.JobRetried(logger, kind, account, attempt, Reason(failure), failure);

    public void Failed(string kind, AccountId account, Exception failure)
    {
        if (failure is not ObjectDisposedException || !end.HasCome)
        {
            Log.JobFailed(logger, kind, account, Reason(failure), failure);
        }
    }

    public void TimedOut(string kind, AccountId account, TimeSpan limit) => Log.JobTimedOut(logger, kind, account, limit);

    public void Unknown(string kind, string name) => Log.JobUnknown(logger, kind, name);

    public void Overdue(string kind, AccountId account, TimeSpan limit) => Log.JobOverdue(logger, kind, account, limit);

    public void NotRecorded(string kind, AccountId account, Exception failure) =>
        Log.NotRecorded(logger, kind, account, Reason(failure), failure);

    /// <summary>Says what a failure means, without secrets and without buyers.</summary>
    public string Reason(Exception failure) => failure switch
    {
        DbException => faults.Describe(failure),
        CardTraderException or BrxSyncException => failure.Message,
        _ => failure.GetType().Name,
    };

    private static partial class Log
    {
        public static readonly Func<ILogger, string, AccountId, IDisposable?> JobScope =
            LoggerMessage.DefineScope<string, AccountId>("Job {Kind} of account {AccountId}");

        [LoggerMessage(EventIds.JobRetried, LogLevel.Warning,
            "Job {Kind} of account {AccountId} failed for now and will be tried again (attempt {Attempt} was in vain): {Reason}")]
        public static partial void JobRetried(
            ILogger logger, string kind, AccountId accountId, int attempt, string reason, Exception exception);

        [LoggerMessage(EventIds.JobFailed, LogLevel.Error, "Job {Kind} of account {AccountId} failed: {Reason}")]
        public static partial void JobFailed(ILogger logger, string kind, AccountId accountId, string reason, Exception exception);

        [LoggerMessage(EventIds.JobTimedOut, LogLevel.Warning,
            "Job {Kind} of account {AccountId} was cancelled after {Limit}; what it finished stays")]
        public static partial void JobTimedOut(ILogger logger, string kind, AccountId accountId, TimeSpan limit);

        [LoggerMessage(EventIds.JobUnknown, LogLevel.Warning, "Job {Kind} of {Name} is none that this version knows; nothing was done")]
        public static partial void JobUnknown(ILogger logger, string kind, string name);

        [LoggerMessage(EventIds.JobNotRecorded, LogLevel.Warning,
            "How job {Kind} of account {AccountId} ended could not be recorded; it is run once more: {Reason}")]
        public static partial void NotRecorded(ILogger logger, string kind, AccountId accountId, string reason, Exception exception);

        [LoggerMessage(EventIds.JobOverdue, LogLevel.Error,
            "Job {Kind} of account {AccountId} still runs after {Limit} although it was cancelled")]
        public static partial void JobOverdue(ILogger logger, string kind, AccountId accountId, TimeSpan limit);
    }
}
