namespace BrxSync.Sync;

/// <summary>Names the kinds of operation, as stored and shown.</summary>
public static class OperationKinds
{
    /// <summary>A full sync of one account.</summary>
    public const string FullSync = "bulk_sync";

    /// <summary>A full sync that only plans.</summary>
    public const string DryRun = "dry_run";

    /// <summary>A full compare with a drift report, followed by what a full sync does.</summary>
    public const string Reconcile = "reconcile";

    /// <summary>Many edits in one go. Several can run for one account.</summary>
    public const string BulkEdit = "bulk_edit";
}
