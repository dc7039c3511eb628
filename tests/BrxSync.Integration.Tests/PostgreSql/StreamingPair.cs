using System.Diagnostics;
using BrxSync.Testing;
using Npgsql;

namespace BrxSync.Integration.Tests.PostgreSql;

/// <summary>A primary and a standby that streams from it, started for a test class, which may do with them what it likes.</summary>
public sealed class StreamingPair : IAsyncLifetime
{
    private Process? _servers;

    /// <summary>Gets the connection string of the server that began as the primary.</summary>
    public string Primary { get; private set; } = string.Empty;

    /// <summary>Gets the connection string of the server that began as its standby.</summary>
    public string Standby { get; private set; } = string.Empty;

    public async Task InitializeAsync()
    {
        _servers = Process.Start(new ProcessStartInfo("bash")
        {
            ArgumentList = { "-c", "source \"$0\" && serve_postgresql_pair", RepositoryPaths.At("eng", "servers.sh") },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Primary = await ReadAddressAsync();
        Standby = await ReadAddressAsync();
    }

    public async Task DisposeAsync()
    {
        if (_servers is { } servers)
        {
            servers.StandardInput.Close();
            await servers.WaitForExitAsync();
            servers.Dispose();
        }
    }

    /// <summary>Makes a database, waits until the standby has it too, and returns its name.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"brxsync_test_{Guid.NewGuid():N}";
        await ExecuteAsync(Primary, $"create database {name}");
        await UntilReplayedAsync();
        return name;
    }

    /// <summary>Waits until the standby has replayed what the primary has written.</summary>
    public async Task UntilReplayedAsync()
    {
        var position = await ReadAsync<string>(Primary, "select pg_current_wal_insert_lsn()::text");
        await UntilAsync(() => ReadAsync<bool>(Standby, $"select pg_last_wal_replay_lsn() >= '{position}'::pg_lsn"));
    }

    /// <summary>Ends the primary at once, as a crash does: its own server process is told to.</summary>
    public async Task CrashPrimaryAsync()
    {
        try
        {
            await ExecuteAsync(Primary, "copy (select 1) to program 'cat > /dev/null; kill -QUIT $(head -n 1 postmaster.pid)'");
        }
        catch (NpgsqlException)
        {
            // It may be gone before it has answered.
        }
    }

    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await condition())
        {
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }

    public static async Task ExecuteAsync(string server, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public static async Task<T> ReadAsync<T>(string server, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    private async Task<string> ReadAddressAsync() =>
        await _servers!.StandardOutput.ReadLineAsync()
        ?? throw new InvalidOperationException("The servers did not start; what they said is in the test's error output.");
}
