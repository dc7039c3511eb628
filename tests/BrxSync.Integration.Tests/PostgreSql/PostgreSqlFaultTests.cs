using BrxSync.Client.RateLimiting;
using BrxSync.Store.Compliance;
using BrxSync.Store.Compliance.Histories;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Accounts;
using BrxSync.Sync.Adapters.PostgreSql.Connections;
using BrxSync.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace BrxSync.Integration.Tests.PostgreSql;

/// <summary>A failure of the store says what it means and what to do, and never what was in the row or the connection string.</summary>
public sealed class PostgreSqlFaultTests : MarketplaceSuite
{
    private readonly PostgreSqlStore _store = new();
    private readonly RecordingLoggerProvider _logs = new(LogLevel.Warning);

    protected override int Products => 30;

    protected override StoreUnderTest CreateStore() => _store;

    public override Task InitializeAsync()
    {
        Store.Extra = brx =>
        {
            brx.WithoutJobs().Services.AddSingleton<IRateLimiter>(new FreeLimiter());
            brx.Services.AddLogging(logging => logging.AddProvider(_logs));
        };
        return base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _logs.Dispose();
    }

    [Theory]
    [InlineData("08006", "connection was lost")]
    [InlineData("22021", "UTF-8")]
    [InlineData("23505", "breaks a rule of the schema")]
    [InlineData("25006", "read-only")]
    [InlineData("28P01", "user or password")]
    [InlineData("3D000", "no such database")]
    [InlineData("40001", "another transaction")]
    [InlineData("40P01", "waited for each other")]
    [InlineData("42501", "lacks a privilege")]
    [InlineData("42703", "not as this version made it")]
    [InlineData("53100", "disk is full")]
    [InlineData("53300", "no connection left")]
    [InlineData("53999", "short of resources")]
    [InlineData("55P03", "lock was not free")]
    [InlineData("57014", "time limit")]
    [InlineData("57P03", "starting up")]
    [InlineData("99999", "The log says more")]
    public async Task Describe_CodeOfTheServer_SaysWhatItMeansAndNothingOfTheData(string code, string expected)
    {
        var exception = await Should.ThrowAsync<PostgresException>(() => Store.ExecuteAsync(
            $"do $$ begin raise exception using errcode = '{code}', message = 'hunter2', detail = 'hunter2', hint = 'hunter2'; end $$"));

        var text = Describe(exception);

        text.ShouldStartWith("The store failed: ");
        text.ShouldContain(expected);
        text.ShouldContain($"SQLSTATE {code}");
        text.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task Sync_StoreFails_TellsItInTheOperationTheAccountAndTheLog()
    {
        await Store.ExecuteAsync("""
            create function fail() returns trigger language plpgsql as
                $$ begin raise exception using errcode = '53100', message = 'hunter2 ' || new.external_stock_id, detail = 'hunter2'; end $$;
            create trigger fail before insert on user_inventory_items for each row execute function fail();
            """);

        await Should.ThrowAsync<PostgresException>(() => SyncAsync());

        var operation = (await Store.Operations.ListAsync(Account, 1)).ShouldHaveSingleItem();
        const string Expected = "The store failed: the server's disk is full (SQLSTATE 53100). Free some of it.";
        (operation.Status, operation.Error).ShouldBe((OperationStatus.Failed, Expected));
        (await Store.Accounts.FindAsync(Account)).ShouldNotBeNull().LastError.ShouldBe(Expected);
        _logs.Entries.ShouldContain(line => line.Text.Contains(Expected, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Health_WrongPassword_SaysSoWithoutIt() =>
        (await HealthAsync(connection => connection.Password = "hunter2")).ShouldContain("user or password (SQLSTATE 28P01)");

    [Fact]
    public async Task Health_NoSuchDatabase_SaysSo() =>
        (await HealthAsync(connection => connection.Database = "hunter2")).ShouldContain("no such database (SQLSTATE 3D000)");

    [Fact]
    public async Task Health_NobodyListens_SaysSo() =>
        (await HealthAsync(connection => connection.Port = 1)).ShouldContain("cannot be reached");

    [Fact]
    public async Task Health_NotMigrated_SaysSo()
    {
        await Store.ExecuteAsync("alter table sync_operations rename to elsewhere");

        (await HealthAsync(_ => { })).ShouldContain("a table is missing (SQLSTATE 42P01)");
    }

    [Fact]
    public async Task Migrate_RoleMayNotCreate_SaysWhatItNeeds()
    {
        await using var database = await PostgreSqlDatabase.CreateAsync();
        var connectionString = await HostileServer.AddRoleAsync(database);
        await database.ExecuteAsync("alter schema public owner to current_user; revoke create on schema public from public");
        await using (var services = Build(connectionString))
        {
            var migrator = services.GetRequiredService<IStoreMigrator>();
            var exception = await Should.ThrowAsync<StoreMigrationException>(() => migrator.MigrateAsync());
            exception.Message.ShouldContain("lacks a privilege (SQLSTATE 42501)");
            exception.Message.ShouldContain("CREATE on the schema");
        }

        await HostileServer.DropRoleAsync(database);
    }

    [Fact]
    public async Task Use_PoolIsUsedUp_SaysSo()
    {
        var few = new NpgsqlConnectionStringBuilder(_store.Database.ConnectionString) { MaxPoolSize = 4, Timeout = 1 };
        await using var services = Build(few.ConnectionString);
        var source = services.GetRequiredService<PostgreSqlPool>().DataSource;
        var held = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ => await source.OpenConnectionAsync()));

        var exception = await Should.ThrowAsync<NpgsqlException>(() => services.GetRequiredService<IAccountStore>().FindAsync(Account));

        services.GetRequiredService<IStoreFaults>().Describe(exception).ShouldContain("MaxPoolSize");
        foreach (var connection in held)
        {
            await connection.DisposeAsync();
        }
    }

    private string Describe(Exception exception) => Store.Services.GetRequiredService<IStoreFaults>().Describe(exception);

    private async Task<string> HealthAsync(Action<NpgsqlConnectionStringBuilder> change)
    {
        var connection = new NpgsqlConnectionStringBuilder(_store.Database.ConnectionString);
        change(connection);
        await using var services = Build(connection.ConnectionString);
        var report = await services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Name == "brxsync-store");
        var entry = report.Entries["brxsync-store"];
        entry.Status.ShouldBe(HealthStatus.Unhealthy);
        entry.Description.ShouldNotBeNull().ShouldNotContain("hunter2");
        return entry.Description;
    }

    private static ServiceProvider Build(string connectionString)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddBrxSync(configure: brx =>
            brx.WithoutJobs().UsePostgreSql(connectionString).UseEncryptionKeys(EncryptionKey.Generate()));
        return services.BuildServiceProvider();
    }
}
