using System.Globalization;
using BrxSync.Sync.Adapters.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Store.Compliance.Adapters.Sqlite;

public sealed class SqliteGuestSettingsTests : GuestSettingsSuite
{
    protected override string StoreArgument => ((SqliteStore)Store).FilePath;

    protected override StoreUnderTest CreateStore() => new SqliteStore();

    protected override async Task<long> CountAsync(string sql)
    {
        await using var connection = await Store.Services.GetRequiredService<SqliteDataSource>().OpenSqliteAsync(default);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)(await command.ExecuteScalarAsync())!;
    }

    protected override string Literal(DateTimeOffset time) =>
        ((time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond).ToString(CultureInfo.InvariantCulture);
}
