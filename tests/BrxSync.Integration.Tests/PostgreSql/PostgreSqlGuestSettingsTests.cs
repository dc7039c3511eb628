using System.Globalization;
using BrxSync.Store.Compliance;
using BrxSync.Store.Compliance.Adapters;
using BrxSync.Testing;

namespace BrxSync.Integration.Tests.PostgreSql;

public sealed class PostgreSqlGuestSettingsTests : GuestSettingsSuite
{
    protected override string StoreArgument => Database.ConnectionString;

    private PostgreSqlDatabase Database => ((PostgreSqlStore)Store).Database;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Database.ExecuteAsync($"alter database {Database.Name} set timezone to 'Asia/Tokyo'");
    }

    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();

    protected override Task<long> CountAsync(string sql) => Database.ScalarAsync<long>(sql);

    protected override string Literal(DateTimeOffset time) =>
        string.Create(CultureInfo.InvariantCulture, $"timestamptz '{time.UtcDateTime:yyyy-MM-dd HH:mm:ss.ffffff}+00'");
}
