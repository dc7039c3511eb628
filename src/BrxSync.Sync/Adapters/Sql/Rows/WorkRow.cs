using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Adapters.Sql.Access;

namespace BrxSync.Sync.Adapters.Sql.Rows;

/// <summary>What waits for an account as it is read; times in microseconds.</summary>
internal static class WorkRow
{
    public static AccountWork Read(RowReader row) => new()
    {
        AccountId = new AccountId(row.Uuid("UserId")),
        LastSyncAt = row.TimeOrNull("LastSyncAt"),
        OrdersPolledAt = row.TimeOrNull("OrdersPolledAt"),
        ComparedAt = row.TimeOrNull("ComparedAt"),
        OrdersDueAt = row.TimeOrNull("OrdersDueAt"),
        CompareDueAt = row.TimeOrNull("CompareDueAt"),
        HasSync = row.Flag("HasSync"),
        HasRereads = row.Flag("HasRereads"),
        HasOrderFetches = row.Flag("HasOrderFetches"),
        HasDeliveries = row.Flag("HasDeliveries"),
        HasChanges = row.Flag("HasChanges") || row.Flag("HasHolds"),
        HasFeed = row.Flag("HasFeed"),
        IsActive = row.Flag("IsActive"),
    };
}
