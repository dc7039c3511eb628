using BrxSync.Integration.Tests.MySql;
using BrxSync.Sync;
using BrxSync.Sync.Accounts;
using BrxSync.Sync.Adapters.PostgreSql.Connections;
using BrxSync.Sync.Adapters.Sql.Access;
using BrxSync.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace BrxSync.Integration.Tests.PostgreSql;

/// <summary>Where reads go while a standby follows, lags, is gone and comes back.</summary>
public sealed class ReplicaTests(StreamingPair pair) : IClassFixture<StreamingPair>
{
    private const int ReplicaLeft = 2204;
    private const int ReplicaUsed = 2205;

    [Fact]
    public async Task Read_StandbyFollows_GoesToItAndWritesToThePrimary()
    {
        await using var services = await BuildAsync();

        await StreamingPair.UntilAsync(() => IsOnStandbyAsync(Pool(services).Replicas));

        (await IsOnStandbyAsync(Pool(services).Primary)).ShouldBeFalse();
        (await services.GetRequiredService<IStock>().SummarizeAsync(AccountId.Create())).ShouldNotBeNull();
    }

    [Fact]
    public async Task Read_ReplayIsPaused_GoesToThePrimaryUntilTheStandbyHasCaughtUp()
    {
        using var logs = new RecordingLoggerProvider(LogLevel.Information);
        await using var services = await BuildAsync(logs: logs);
        var replicas = Pool(services).Replicas;
        await StreamingPair.UntilAsync(() => IsOnStandbyAsync(replicas));
        var left = logs.Entries.Count(line => line.EventId == ReplicaLeft);
        await StreamingPair.ExecuteAsync(pair.Standby, "select pg_wal_replay_pause()");
        try
        {
            await Pool(services).Primary.ExecuteAsync("create table written_while_paused (id int)", null, default);

            await StreamingPair.UntilAsync(async () => !await IsOnStandbyAsync(replicas));

            (await replicas.FindAsync(
                "select to_regclass('written_while_paused') is not null as seen", null, row => row.Flag("seen"), default)).ShouldBeTrue();
            logs.Entries.Count(line => line.EventId == ReplicaLeft).ShouldBe(left + 1, "one that stays behind is told once");
        }
        finally
        {
            await StreamingPair.ExecuteAsync(pair.Standby, "select pg_wal_replay_resume()");
        }

        await StreamingPair.UntilAsync(() => IsOnStandbyAsync(replicas));
        logs.Entries.ShouldContain(line => line.EventId == ReplicaUsed);
    }

    [Fact]
    public async Task Read_PrimaryWritesNothing_StaysAtTheStandby()
    {
        await using var services = await BuildAsync();
        await StreamingPair.UntilAsync(() => StreamingPair.ReadAsync<bool>(
            pair.Standby, "select clock_timestamp() - pg_last_xact_replay_timestamp() > interval '500 milliseconds'"));

        await StreamingPair.UntilAsync(() => IsOnStandbyAsync(Pool(services).Replicas));
    }

    [Fact]
    public async Task Read_StandbyIsGone_ComesFromThePrimaryWithoutAnErrorAndGoesBack()
    {
        var standby = new NpgsqlConnectionStringBuilder(pair.Standby);
        await using var relay = new Relay(standby.Host!, standby.Port);
        await using var services = await BuildAsync(relay.Port);
        var replicas = Pool(services).Replicas;
        await StreamingPair.UntilAsync(() => IsOnStandbyAsync(replicas));

        relay.Cut();
        (await IsOnStandbyAsync(replicas)).ShouldBeFalse();
        (await IsOnStandbyAsync(replicas)).ShouldBeFalse();

        relay.Mend();
        await StreamingPair.UntilAsync(() => IsOnStandbyAsync(replicas));
    }

    [Fact]
    public async Task Read_StandbyIsGoneFromTheStart_ComesFromThePrimary()
    {
        await using var services = await BuildAsync(standbyPort: 1);

        (await IsOnStandbyAsync(Pool(services).Replicas)).ShouldBeFalse();
    }

    private static PostgreSqlPool Pool(ServiceProvider services) => services.GetRequiredService<PostgreSqlPool>();

    private static Task<bool> IsOnStandbyAsync(Database database) =>
        database.FindAsync("select pg_is_in_recovery() as standby", null, row => row.Flag("standby"), default);

    private async Task<ServiceProvider> BuildAsync(int? standbyPort = null, ILoggerProvider? logs = null)
    {
        var database = await pair.CreateDatabaseAsync();
        var standby = new NpgsqlConnectionStringBuilder(pair.Standby) { Database = database };
        standby.Port = standbyPort ?? standby.Port;
        var services = new ServiceCollection()
            .AddLogging(logging =>
            {
                if (logs is not null)
                {
                    logging.AddProvider(logs);
                }
            })
            .AddBrxSync(configure: brx => brx
                .WithoutJobs()
                .UsePostgreSql(
                    new NpgsqlConnectionStringBuilder(pair.Primary) { Database = database }.ConnectionString,
                    options =>
                    {
                        options.ReplicaConnectionString = standby.ConnectionString;
                        options.MaxReplicaLag = TimeSpan.FromMilliseconds(100);
                        (options.MaxPoolSize, options.Processes) = (8, 1);
                    })
                .UseEncryptionKeys(EncryptionKey.Generate()))
            .BuildServiceProvider();
        await services.GetRequiredService<IStoreMigrator>().MigrateAsync();
        await pair.UntilReplayedAsync();
        return services;
    }
}
