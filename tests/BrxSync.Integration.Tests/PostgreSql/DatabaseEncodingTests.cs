using BrxSync.Sync;
using BrxSync.Sync.Accounts;
using BrxSync.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace BrxSync.Integration.Tests.PostgreSql;

/// <summary>A database that cannot hold what the world writes is refused before the first sync fails for one name.</summary>
public sealed class DatabaseEncodingTests(PostgreSqlDatabase server) : IClassFixture<PostgreSqlDatabase>
{
    [Theory]
    [InlineData("LATIN1")]
    [InlineData("SQL_ASCII")]
    public async Task Start_DatabaseIsNotInUtf8_IsRefusedAndSaysHowToMakeOne(string encoding)
    {
        var name = $"{server.Name}_{encoding.ToLowerInvariant()}";
        await server.ExecuteAsync($"create database {name} template template0 encoding '{encoding}' lc_collate 'C' lc_ctype 'C'");
        try
        {
            await using var services = Build(name);

            var migrator = services.GetRequiredService<IStoreMigrator>();
            var start = await Should.ThrowAsync<StoreMigrationException>(() => migrator.MigrateAsync());
            var health = await services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Name == "brxsync-store");

            start.Message.ShouldContain($"\"{name}\" is encoded in {encoding}");
            start.Message.ShouldContain("ENCODING 'UTF8'");
            health.Status.ShouldBe(HealthStatus.Unhealthy);
            health.Entries["brxsync-store"].Description.ShouldNotBeNull().ShouldContain(encoding);
        }
        finally
        {
            await server.ExecuteAsync($"drop database {name} with (force)");
        }
    }

    private ServiceProvider Build(string database)
    {
        var connection = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = database };
        var services = new ServiceCollection().AddLogging();
        services.AddBrxSync(configure: brx =>
            brx.WithoutJobs().UsePostgreSql(connection.ConnectionString).UseEncryptionKeys(EncryptionKey.Generate()));
        return services.BuildServiceProvider();
    }
}
