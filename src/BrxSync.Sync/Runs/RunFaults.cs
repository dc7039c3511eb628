using BrxSync.Client.Errors;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Retries;
using BrxSync.Sync.Stock.Guard;

namespace BrxSync.Sync.Runs;

/// <summary>Says what the failures of runs mean for the jobs that run them.</summary>
internal static class RunFaults
{
    public static RunFailedException Of(Operation operation, Exception exception, string message) =>
        new(operation.Id, CodeOf(exception), message, Transient.Is(exception), exception);

    /// <summary>
    /// Finds what is wrong with a snapshot that was refused; null for any other. A body that is no snapshot may be one the next time;
    /// that of another seller may not.
    /// </summary>
    public static RunFailedException? Find(Operation operation, SnapshotVerdict verdict) => verdict.MayApplyRows
        ? null
        : new RunFailedException(
            operation.Id,
            "SNAPSHOT_REFUSED",
            SafeText.Of(verdict.Describe()),
            verdict.Reasons.All(reason => reason.Kind != SnapshotReasonKind.ForeignSeller),
            null);

    /// <summary>Names what went wrong, for programs.</summary>
    public static string CodeOf(Exception exception) => exception switch
    {
        RunFailedException failure => failure.Code,
        CardTraderTimeoutException => "CARDTRADER_TIMEOUT",
        CardTraderException => "CARDTRADER_API_ERROR",
        CatalogUnavailableException => "CATALOG_UNAVAILABLE",
        SecretUnreadableException => "SECRET_UNREADABLE",
        System.Data.Common.DbException => "DATABASE_ERROR",
        _ => "INTERNAL_ERROR",
    };
}
