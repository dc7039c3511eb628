using BrxSync.Sync;
using BrxSync.Sync.Accounts;
using BrxSync.Sync.Adapters.PostgreSql.Connections;
using BrxSync.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace BrxSync.Integration.Tests.PostgreSql;

/// <summary>Setting by setting: what a session of ours has, whatever role, database or connection string say.</summary>
public sealed class SessionSettingsTests : IAsyncLifetime
{
    private readonly PostgreSqlDatabase _database = new();
    private string _connectionString = string.Empty;

    public async Task InitializeAsync()
    {
        await _database.InitializeAsync();
        _connectionString = await HostileServer.AddRoleAsync(_database);
    }

    public Task DisposeAsync() => HostileServer.DropRoleAsync(_database);

    [Theory]
    [InlineData("statement_timeout", "0")]
    [InlineData("lock_timeout", "0")]
    [InlineData("idle_in_transaction_session_timeout", "0")]
    [InlineData("idle_session_timeout", "0")]
    [InlineData("transaction_timeout", "0")]
    [InlineData("default_transaction_isolation", "read committed")]
    [InlineData("default_transaction_read_only", "off")]
    [InlineData("default_transaction_deferrable", "off")]
    [InlineData("search_path", "\"$user\", public")]
    [InlineData("DateStyle", "ISO, MDY")]
    [InlineData("IntervalStyle", "postgres")]
    [InlineData("TimeZone", "UTC")]
    [InlineData("bytea_output", "hex")]
    [InlineData("extra_float_digits", "1")]
    [InlineData("standard_conforming_strings", "on")]
    [InlineData("client_encoding", "UTF8")]
    [InlineData("synchronous_commit", "on")]
    public async Task Open_SetOtherwiseForTheRole_IsOursFirstAndAfterEveryReturnToThePool(string name, string expected)
    {
        if (await HostileServer.TrySetAsync(_database, name, forRole: true))
        {
            await using var services = Build(_connectionString);
            (await ShowAsync(services, name)).ShouldBe(expected);
            await ExecuteAsync(services, $"set {name} to default");
            (await ShowAsync(services, name)).ShouldBe(expected);
        }
        else
        {
            // Before PostgreSQL 17, which brings it.
            name.ShouldBe("transaction_timeout");
        }
    }

    [Theory]
    [InlineData("-c statement_timeout=1000", "statement_timeout", "0")]
    [InlineData("-c synchronous_commit=off", "synchronous_commit", "on")]
    [InlineData("--synchronous-commit=remote_apply", "synchronous_commit", "remote_apply")]
    [InlineData("-csynchronous_commit=local", "synchronous_commit", "local")]
    [InlineData("-c search_path=\"shop\\ one\",public", "search_path", "\"shop one\",public")]
    [InlineData("-c work_mem=12345kB", "work_mem", "12345kB")]
    public async Task Open_SetByTheConnectionString_WinsWhereThatIsSafe(string options, string name, string expected)
    {
        await using var services = Build(new NpgsqlConnectionStringBuilder(_connectionString) { Options = options }.ConnectionString);

        (await ShowAsync(services, name)).ShouldBe(expected);
    }

    [Fact]
    public async Task Open_OddKeywords_AreNotTaken()
    {
        var odd = new NpgsqlConnectionStringBuilder(_connectionString)
        {
            ClientEncoding = "LATIN1", Timezone = "Europe/Rome", IncludeErrorDetail = true,
        };
        await using var services = Build(odd.ConnectionString);

        (await ShowAsync(services, "client_encoding"), await ShowAsync(services, "TimeZone")).ShouldBe(("UTF8", "UTC"));
        var fault = await Should.ThrowAsync<PostgresException>(() => ExecuteAsync(
            services, "create temp table t (id int primary key, secret text); insert into t values (4711, 'x'), (4711, 'x')"));
        fault.ToString().ShouldNotContain("4711");
    }

    [Fact]
    public async Task Migrate_SearchPathInTheConnectionString_IsWhereTheTablesAre()
    {
        await _database.ExecuteAsync($"create schema shop authorization {_database.Name}");
        await using var services = Build(new NpgsqlConnectionStringBuilder(_connectionString) { SearchPath = "shop" }.ConnectionString);

        (await services.GetRequiredService<IStoreMigrator>().MigrateAsync()).ShouldBeGreaterThan(0);

        (await _database.ScalarAsync<string>("select to_regclass('shop.user_sync_settings')::text")).ShouldBe("shop.user_sync_settings");
    }

    [Fact]
    public async Task Migrate_TablesInASchemaThatOnlyTheRoleLookedInto_RefusesAndSaysHow()
    {
        await _database.ExecuteAsync($"create schema shop authorization {_database.Name}");
        await _database.ExecuteAsync("create table shop.user_sync_settings (user_id uuid)");
        await _database.ExecuteAsync($"alter role {_database.Name} set search_path = shop");
        await using var services = Build(_connectionString);

        var migrator = services.GetRequiredService<IStoreMigrator>();
        var exception = await Should.ThrowAsync<StoreMigrationException>(() => migrator.MigrateAsync());

        exception.Message.ShouldContain("Search Path=shop");
        (await _database.ScalarAsync<long>("select count(*) from pg_class where relname = 'brx_schema_migrations'")).ShouldBe(0);
    }

    private static ServiceProvider Build(string connectionString) =>
        new ServiceCollection()
            .AddBrxSync(configure: brx => brx.WithoutJobs().UsePostgreSql(connectionString).UseEncryptionKeys(EncryptionKey.Generate()))
            .BuildServiceProvider();

    private static async Task<string?> ShowAsync(ServiceProvider services, string name)
    {
        await using var connection = await services.GetRequiredService<PostgreSqlPool>().DataSource.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"show {name}";
        return (string?)await command.ExecuteScalarAsync();
    }

    private static async Task ExecuteAsync(ServiceProvider services, string sql)
    {
        await using var connection = await services.GetRequiredService<PostgreSqlPool>().DataSource.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
