using BrxSync.Sync.Stock;

namespace BrxSync.Sync.Abstractions;

/// <summary>The words that stores and the HTTP contract use for our enumerations.</summary>
internal static class StoredText
{
    public static string Of(AccountStatus status) => status switch
    {
        AccountStatus.Idle => "idle",
        AccountStatus.InitialSync => "initial_sync",
        AccountStatus.Active => "active",
        _ => "error",
    };

    public static AccountStatus ToAccountStatus(string text) => text switch
    {
        "idle" => AccountStatus.Idle,
        "initial_sync" => AccountStatus.InitialSync,
        "active" => AccountStatus.Active,
        _ => AccountStatus.Error,
    };

    public static string Of(OperationStatus status) => status switch
    {
        OperationStatus.Pending => "pending",
        OperationStatus.Running => "running",
        OperationStatus.Retrying => "retrying",
        OperationStatus.Completed => "completed",
        OperationStatus.Withheld => "withheld",
        OperationStatus.Cancelled => "cancelled",
        _ => "failed",
    };

    public static OperationStatus ToOperationStatus(string text) => text switch
    {
        "pending" => OperationStatus.Pending,
        "running" => OperationStatus.Running,
        "retrying" => OperationStatus.Retrying,
        "completed" => OperationStatus.Completed,
        "withheld" => OperationStatus.Withheld,
        "cancelled" => OperationStatus.Cancelled,
        _ => OperationStatus.Failed,
    };

    public static string Of(SnapshotOutcome outcome) => outcome switch
    {
        SnapshotOutcome.Applied => "applied",
        SnapshotOutcome.Withheld => "withheld",
        _ => "refused",
    };

    public static SnapshotOutcome ToSnapshotOutcome(string text) => text switch
    {
        "applied" => SnapshotOutcome.Applied,
        "withheld" => SnapshotOutcome.Withheld,
        _ => SnapshotOutcome.Refused,
    };

    public static ItemStatus ToItemStatus(string text) => text switch
    {
        "active" => ItemStatus.Active,
        "sold_out" => ItemStatus.SoldOut,
        _ => ItemStatus.Missing,
    };
}
