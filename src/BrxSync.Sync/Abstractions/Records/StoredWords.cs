using BrxSync.Sync.Stock.Changes;
using BrxSync.Sync.Stock.Guard;
using BrxSync.Sync.Stock.Orders;

namespace BrxSync.Sync.Abstractions.Records;

/// <summary>The words that stores and the HTTP contract use for our enumerations.</summary>
internal static class StoredWords
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

    public static string Of(OrderState state) => state switch
    {
        OrderState.Pending => "pending",
        OrderState.RequestForCancel => "request_for_cancel",
        OrderState.Lost => "lost",
        OrderState.HubPending => "hub_pending",
        OrderState.Paid => "paid",
        OrderState.Sent => "sent",
        OrderState.Arrived => "arrived",
        OrderState.Done => "done",
        OrderState.Closed => "closed",
        OrderState.Canceled => "canceled",
        OrderState.Destroyed => "destroyed",
        _ => "unknown",
    };

    public static OrderState ToOrderState(string text) => text == "destroyed" ? OrderState.Destroyed : OrderStates.Parse(text);

    public static string Of(DeliveryOutcome outcome) => outcome switch
    {
        DeliveryOutcome.Applied => "applied",
        DeliveryOutcome.NothingToDo => "nothing_to_do",
        DeliveryOutcome.Outdated => "outdated",
        DeliveryOutcome.FetchFirst => "fetch_first",
        DeliveryOutcome.Purchase => "purchase",
        DeliveryOutcome.TestMode => "test_mode",
        DeliveryOutcome.UnknownCause => "unsupported_cause",
        DeliveryOutcome.Waiting => "waiting",
        _ => "duplicate",
    };

    public static string Of(ItemStatus status) => status switch
    {
        ItemStatus.Active => "active",
        ItemStatus.SoldOut => "sold_out",
        _ => "missing",
    };

    public static string Of(ChangeKind kind) => kind switch
    {
        ChangeKind.Adjust => "adjust",
        ChangeKind.SetFields => "set_fields",
        ChangeKind.Delete => "delete",
        _ => "create",
    };

    public static ChangeKind ToChangeKind(string text) => text switch
    {
        "adjust" => ChangeKind.Adjust,
        "set_fields" => ChangeKind.SetFields,
        "delete" => ChangeKind.Delete,
        _ => ChangeKind.Create,
    };

    public static string Of(ChangeState state) => state switch
    {
        ChangeState.Waiting => "waiting",
        ChangeState.Sent => "sent",
        ChangeState.InDoubt => "in_doubt",
        ChangeState.Acknowledged => "acknowledged",
        ChangeState.Superseded => "superseded",
        ChangeState.LocalOnly => "local",
        ChangeState.Reserved => "reserved",
        _ => "failed",
    };

    public static ChangeState ToChangeState(string text) => text switch
    {
        "waiting" => ChangeState.Waiting,
        "sent" => ChangeState.Sent,
        "in_doubt" => ChangeState.InDoubt,
        "acknowledged" => ChangeState.Acknowledged,
        "superseded" => ChangeState.Superseded,
        "local" => ChangeState.LocalOnly,
        "reserved" => ChangeState.Reserved,
        _ => ChangeState.Failed,
    };

    public static string Of(PurchaseOutcome outcome) => outcome switch
    {
        PurchaseOutcome.Sold => "sold",
        PurchaseOutcome.NotEnough => "not_enough",
        PurchaseOutcome.NotEnoughAtCardTrader => "not_enough_at_cardtrader",
        PurchaseOutcome.Gone => "gone",
        PurchaseOutcome.NotLinked => "not_linked",
        PurchaseOutcome.Unavailable => "unavailable",
        PurchaseOutcome.Pending => "pending",
        _ => "undecided",
    };

    public static string Of(OrderNoticeKind kind) => kind switch
    {
        OrderNoticeKind.UnknownState => "unknown_state",
        OrderNoticeKind.ItemWithoutProduct => "item_without_product",
        OrderNoticeKind.SizeMismatch => "size_mismatch",
        _ => "unknown_channel",
    };

    public static string Of(WorkKind kind) => kind switch
    {
        WorkKind.Sync => "sync",
        WorkKind.Reread => "reread",
        WorkKind.Orders => "orders",
        WorkKind.Reconcile => "reconcile",
        WorkKind.Feed => "feed",
        _ => "push",
    };

    /// <summary>Finds a kind of work; null for one of another version.</summary>
    public static WorkKind? FindWorkKind(string text)
    {
        foreach (var kind in Enum.GetValues<WorkKind>())
        {
            if (string.Equals(Of(kind), text, StringComparison.Ordinal))
            {
                return kind;
            }
        }

        return null;
    }

    public static string Of(DeadLetterStatus status) => status switch
    {
        DeadLetterStatus.Open => "open",
        DeadLetterStatus.Replayed => "replayed",
        _ => "discarded",
    };

    public static DeadLetterStatus ToDeadLetterStatus(string text) => text switch
    {
        "open" => DeadLetterStatus.Open,
        "replayed" => DeadLetterStatus.Replayed,
        _ => DeadLetterStatus.Discarded,
    };
}
