using BrxSync.Sync;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Accounts;
using BrxSync.Sync.Adapters.PostgreSql.Connections;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace BrxSync.Integration.Tests.PostgreSql;

/// <summary>Several hosts in one connection string, of which one is the primary until it is gone.</summary>
public sealed class FailoverTests(StreamingPair pair) : IClassFixture<StreamingPair>
{
    [Fact]
    public async Task Write_PrimaryCrashedAndStandbyPromoted_GoesToTheNewPrimary()
    {
        var database = await pair.CreateDatabaseAsync();
        var first = new NpgsqlConnectionStringBuilder(pair.Primary);
        var second = new NpgsqlConnectionStringBuilder(pair.Standby);
        var both = new NpgsqlConnectionStringBuilder(pair.Primary)
        {
            Database = database, Host = $"127.0.0.1:{second.Port},127.0.0.1:{first.Port}",
        };
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddBrxSync(configure: brx => brx
                .WithoutJobs().UsePostgreSql(both.ConnectionString, options => options.MaxPoolSize = 8)
                .UseEncryptionKeys(EncryptionKey.Generate()))
            .BuildServiceProvider();
        var pool = services.GetRequiredService<PostgreSqlPool>();
        await services.GetRequiredService<IStoreMigrator>().MigrateAsync();
        (await PortAsync(pool)).ShouldBe(first.Port);
        await WriteAsync(pool, "before");
        await pair.UntilReplayedAsync();

        await pair.CrashPrimaryAsync();
        await StreamingPair.ReadAsync<bool>(pair.Standby, "select pg_promote(true, 60)");

        await WriteAsync(pool, "after");
        (await PortAsync(pool)).ShouldBe(second.Port);
        (await services.GetRequiredService<IOperationStore>().FindAsync("none")).ShouldBeNull();
        (await pool.Replicas.ListAsync("select name as Name from notes order by 1", null, row => row.Text("Name"), default))
            .ShouldBe(["after", "before"]);
    }

    private static Task<int> WriteAsync(PostgreSqlPool pool, string name) => pool.Primary.ExecuteAsync(
        $"create table if not exists notes (name text); insert into notes values ('{name}')", null, default);

    private static async Task<int> PortAsync(PostgreSqlPool pool)
    {
        await using var connection = await pool.DataSource.OpenNpgsqlAsync(default);
        return connection.Port;
    }
}
