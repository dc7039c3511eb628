using BrxSync.Integration.Tests.PostgreSql;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Accounts;
using BrxSync.Sync.Adapters.PostgreSql;
using BrxSync.Sync.Adapters.PostgreSql.Connections;
using BrxSync.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace BrxSync.Deployments.Tests;

/// <summary>What a pooler in front of the server is found to be, and what is done about it.</summary>
public sealed class PgBouncerTests(PostgreSqlDatabase database) : IClassFixture<PostgreSqlDatabase>
{
    private string Pooled => PgBouncerStore.Through(database);

    [Fact]
    public async Task Migrate_PoolerOfTransactionsAndNoWayPastIt_IsRefusedAndSaysWhatToSet()
    {
        await using var services = Build(Pooled);

        var exception = await Should.ThrowAsync<StoreMigrationException>(
            () => services.GetRequiredService<IStoreMigrator>().MigrateAsync());

        exception.Message.ShouldContain("BrxSync:PostgreSql:SessionConnectionString");
    }

    [Fact]
    public async Task Migrate_SessionsLeadToThePoolerToo_IsRefused()
    {
        await using var services = Build(database.ConnectionString, options => options.SessionConnectionString = Pooled);

        await Should.ThrowAsync<StoreMigrationException>(() => services.GetRequiredService<IStoreMigrator>().MigrateAsync());
    }

    [Fact]
    public async Task FindPooler_OfEachPool_TellsWhatIsInFront()
    {
        await using var services = Build(Pooled, options => options.SessionConnectionString = database.ConnectionString);
        var pool = services.GetRequiredService<PostgreSqlPool>();

        (await pool.DataSource.FindPoolerAsync(default)).ShouldBe(Pooler.OfTransactions);
        (await pool.Sessions.FindPoolerAsync(default)).ShouldBe(Pooler.None);
        (await pool.CountAtServerAsync(default)).ShouldBe(10, "what the pooler holds is its own");
    }

    [Fact]
    public async Task Open_BehindAPoolerOfTransactions_ResetsNoSessionOfSomebodyElse()
    {
        await using var services = Build(Pooled, options => options.SessionConnectionString = database.ConnectionString);

        await using var connection = await services.GetRequiredService<PostgreSqlPool>().DataSource.OpenNpgsqlAsync(default);

        new NpgsqlConnectionStringBuilder(connection.ConnectionString).NoResetOnClose.ShouldBeTrue();
    }

    private static ServiceProvider Build(string connectionString, Action<PostgreSqlOptions>? configure = null) =>
        new ServiceCollection()
            .AddBrxSync(configure: brx => brx
                .WithoutJobs().UsePostgreSql(connectionString, configure).UseEncryptionKeys(EncryptionKey.Generate()))
            .BuildServiceProvider();
}
