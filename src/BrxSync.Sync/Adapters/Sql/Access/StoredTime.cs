namespace BrxSync.Sync.Adapters.Sql.Access;

/// <summary>
/// Times cross the databases' borders as microseconds since 1970: one form that every dialect reads and writes without loss.
/// </summary>
internal static class StoredTime
{
    public static long ToMicroseconds(DateTimeOffset time) =>
        (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static long Now(TimeProvider time) => ToMicroseconds(time.GetUtcNow());

    public static DateTimeOffset FromMicroseconds(long microseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    public static DateTimeOffset? FromMicroseconds(long? microseconds) =>
        microseconds is { } value ? FromMicroseconds(value) : null;
}
