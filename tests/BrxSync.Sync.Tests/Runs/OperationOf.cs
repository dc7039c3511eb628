namespace BrxSync.Sync.Tests.Runs;

internal static class OperationOf
{
    public static Operation Status(OperationStatus status, long processed = 0) => new()
    {
        Id = "one",
        AccountId = new AccountId(Guid.Empty),
        Kind = OperationKinds.FullSync,
        Status = status,
        Progress = new SyncProgress { Processed = processed },
        CreatedAt = new DateTimeOffset(2026, 1, 5, 12, 0, 0, TimeSpan.Zero),
    };
}
