using BrxSync.Sync;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Accounts;
using BrxSync.Sync.Adapters.PostgreSql;
using BrxSync.Sync.Adapters.Sqlite;
using BrxSync.Sync.Snapshots;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace BrxSync.Hosting.Tests.DependencyInjection;

/// <summary>What <c>AddBrxSync()</c> registers, and how it refuses to start.</summary>
public sealed class AddBrxSyncTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("brxsync-hosting-");

    private string DatabasePath => Path.Combine(_folder.FullName, "deeper", "stock.db");

    public void Dispose() => _folder.Delete(recursive: true);

    private static IHost Build(Dictionary<string, string?> settings, Action<BrxSyncBuilder>? configure = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings);
        builder.AddBrxSync(configure);
        return builder.Build();
    }

    [Fact]
    public async Task Start_OnlyAPathConfigured_MigratesAndMakesOneKeyForTheOwnerAlone()
    {
        var settings = new Dictionary<string, string?> { ["BrxSync:Sqlite:Path"] = DatabasePath };
        string ciphertext;
        using (var host = Build(settings))
        {
            await host.StartAsync();
            ciphertext = host.Services.GetRequiredService<ISecretProtector>().Protect("secret");
            await host.StopAsync();
        }

        using var again = Build(settings);
        await again.StartAsync();

        again.Services.GetRequiredService<ISecretProtector>().Unprotect(ciphertext).ShouldBe("secret");
        (await again.Services.GetRequiredService<IAccountStore>().FindAsync(AccountId.Create())).ShouldBeNull();
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(DatabasePath + ".key").ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task Start_KeyConfigured_MakesNoKeyFile()
    {
        using var host = Build(new() { ["BrxSync:Sqlite:Path"] = DatabasePath, ["BrxSync:Encryption:Keys:0"] = EncryptionKey.Generate() });

        await host.StartAsync();

        File.Exists(DatabasePath + ".key").ShouldBeFalse();
    }

    [Fact]
    public async Task Start_OptionsOutOfRange_FailsAndNamesEachOne()
    {
        using var host = Build(new()
        {
            ["BrxSync:Sqlite:Path"] = DatabasePath,
            ["BrxSync:Sqlite:BusyTimeoutSeconds"] = "0",
            ["BrxSync:FullSync:BatchSize"] = "-5",
            ["BrxSync:Encryption:Keys:0"] = "short",
        });

        var exception = await Should.ThrowAsync<Exception>(() => host.StartAsync());

        var text = exception.ToString();
        text.ShouldContain("BusyTimeoutSeconds");
        text.ShouldContain("BatchSize");
        text.ShouldContain("key", Case.Insensitive);
        text.ShouldNotContain("short");
        File.Exists(DatabasePath).ShouldBeFalse();
    }

    [Fact]
    public async Task Start_PostgreSqlWithoutKeys_FailsAndSaysWhatToDo()
    {
        using var host = Build([], brx => brx.UsePostgreSql("Host=127.0.0.1;Port=1"));

        var exception = await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync());

        exception.Message.ShouldContain("Encryption");
    }

    [Fact]
    public async Task Start_DatabaseOutOfReach_StopsTheStart()
    {
        using var host = Build([], brx => brx.UsePostgreSql("Host=127.0.0.1;Port=1;Timeout=2").UseEncryptionKeys(EncryptionKey.Generate()));

        var exception = await Should.ThrowAsync<StoreMigrationException>(() => host.StartAsync());

        exception.InnerException.ShouldBeOfType<Npgsql.NpgsqlException>();
        exception.Message.ShouldContain("the server cannot be reached");
        exception.Message.ShouldNotContain("Port=1");
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("Database=shop;Password=hunter2")]
    public async Task Start_ConnectionStringOfNoUse_FailsWithoutShowingIt(string connectionString)
    {
        using var host = Build(
            new() { ["BrxSync:PostgreSql:ConnectionString"] = connectionString, ["BrxSync:Encryption:Keys:0"] = EncryptionKey.Generate() });

        var exception = await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync());

        exception.Message.ShouldContain("PostgreSQL connection string");
        exception.Message.ShouldNotContain(connectionString);
    }

    [Fact]
    public void AddBrxSync_ConnectionStringConfigured_UsesPostgreSqlUnlessCodeSaysOtherwise()
    {
        var settings = new Dictionary<string, string?>
        {
            ["BrxSync:PostgreSql:ConnectionString"] = "Host=localhost",
            ["BrxSync:Encryption:Keys:0"] = EncryptionKey.Generate(),
        };

        using var configured = Build(settings);
        using var chosen = Build(settings, brx => brx.UseSqlite(DatabasePath));

        configured.Services.GetRequiredService<ISnapshotStore>().ShouldBeOfType<PostgreSqlSnapshotStore>();
        chosen.Services.GetRequiredService<ISnapshotStore>().ShouldBeOfType<SqliteSnapshotStore>();
    }

    [Fact]
    public void AddBrxSync_Twice_SaysSo()
    {
        var services = new ServiceCollection();
        services.AddBrxSync();

        Should.Throw<InvalidOperationException>(() => services.AddBrxSync()).Message.ShouldContain("twice");
    }

    [Fact]
    public void AddBrxSync_CodeAndConfiguration_CodeWins()
    {
        using var host = Build(
            new() { ["BrxSync:Sqlite:Path"] = DatabasePath, ["BrxSync:FullSync:BatchSize"] = "10" },
            brx => brx.ConfigureFullSync(options => options.BatchSize = 20));

        host.Services.GetRequiredService<IOptions<FullSyncOptions>>().Value.BatchSize.ShouldBe(20);
    }

    [Fact]
    public async Task Health_StoreGoneAfterTheStart_IsUnhealthyWithoutDetails()
    {
        using var host = Build(new() { ["BrxSync:Sqlite:Path"] = DatabasePath });
        await host.StartAsync();
        var health = host.Services.GetRequiredService<HealthCheckService>();
        (await health.CheckHealthAsync()).Status.ShouldBe(HealthStatus.Healthy);

        // In one step, since a job of the host may be at the files just then; what it has open stays open.
        Directory.Move(Path.GetDirectoryName(DatabasePath)!, _folder.FullName + "/gone");
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        var report = await health.CheckHealthAsync();

        report.Status.ShouldBe(HealthStatus.Unhealthy);
        report.Entries["brxsync-store"].Description.ShouldNotBeNull().ShouldNotContain(_folder.Name);
    }
}
