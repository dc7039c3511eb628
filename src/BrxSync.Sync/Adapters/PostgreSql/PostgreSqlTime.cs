namespace BrxSync.Sync.Adapters.PostgreSql;

/// <summary>
/// Instants in the form in which the server sends and takes them: microseconds since 2000, in UTC. As dates of .NET their meaning would
/// depend on switches of the whole process: <c>Npgsql.EnableLegacyTimestampBehavior</c>, <c>Npgsql.DisableDateTimeInfinityConversions</c>.
/// The ends of our calendar are the server's infinities, as Npgsql has it unless it is told otherwise.
/// </summary>
internal static class PostgreSqlTime
{
    private static readonly long Epoch = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero).UtcTicks;

    public static long ToServer(DateTimeOffset time) => time.UtcTicks switch
    {
        var ticks when ticks == DateTimeOffset.MinValue.UtcTicks => long.MinValue,
        var ticks when ticks == DateTimeOffset.MaxValue.UtcTicks => long.MaxValue,
        var ticks => (ticks - Epoch) / TimeSpan.TicksPerMicrosecond,
    };

    public static DateTimeOffset FromServer(long value) => value switch
    {
        long.MinValue => DateTimeOffset.MinValue,
        long.MaxValue => DateTimeOffset.MaxValue,
        _ => new DateTimeOffset(checked((value * TimeSpan.TicksPerMicrosecond) + Epoch), TimeSpan.Zero),
    };
}
