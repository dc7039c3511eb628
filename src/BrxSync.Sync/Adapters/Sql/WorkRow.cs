using BrxSync.Sync.Abstractions.Records;

namespace BrxSync.Sync.Adapters.Sql;

/// <summary>What waits for an account as it is read; times in microseconds.</summary>
internal sealed class WorkRow
{
    public string UserId { get; init; } = string.Empty;

    public bool HasSync { get; init; }

    public bool HasRereads { get; init; }

    public bool HasOrderFetches { get; init; }

    public bool HasDeliveries { get; init; }

    public long? LastSyncAt { get; init; }

    public long? OrdersPolledAt { get; init; }

    public long? ComparedAt { get; init; }

    public AccountWork ToWork() => new()
    {
        AccountId = new AccountId(Guid.Parse(UserId)),
        HasSync = HasSync,
        HasRereads = HasRereads,
        HasOrderFetches = HasOrderFetches,
        HasDeliveries = HasDeliveries,
        LastSyncAt = StoredTime.FromMicroseconds(LastSyncAt),
        OrdersPolledAt = StoredTime.FromMicroseconds(OrdersPolledAt),
        ComparedAt = StoredTime.FromMicroseconds(ComparedAt),
    };
}
