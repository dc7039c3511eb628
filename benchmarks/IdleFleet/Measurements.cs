using System.Diagnostics;
using BrxSync.Hosting.Jobs;
using BrxSync.Sync.Accounts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace BrxSync.Benchmarks.IdleFleet;

/// <summary>What it costs to watch over accounts that have nothing to do.</summary>
internal static class Measurements
{
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(30);

    public static async Task<int> RunAsync(string[] args)
    {
        if (Value("--postgres", string.Empty) is not { Length: > 0 } server)
        {
            await Console.Error.WriteLineAsync(
                "IdleFleet --postgres \"Host=...;Username=...;Password=...\" [--accounts 10000] [--processes 3] [--seconds 60] [--partitions 0]");
            return 1;
        }

        var (accounts, processes, seconds) = (Number("--accounts", "10000"), Number("--processes", "3"), Number("--seconds", "60"));
        var name = $"brxsync_fleet_{Guid.NewGuid():N}";
        await ExecuteAsync(server, $"create database {name}");
        var database = new NpgsqlConnectionStringBuilder(server) { Database = name, Pooling = false }.ConnectionString;
        using var statements = new StatementCounter();
        var hosts = new List<IHost>();
        try
        {
            using (var first = Build(database, statements, jobs => jobs.Enabled = false))
            {
                await first.StartAsync();
                await first.StopAsync();
            }

            if (Number("--partitions", "0") is > 0 and var partitions)
            {
                await ExecuteAsync(database, $"set brxsync.partitions = {partitions};\n{await ReadScriptAsync()}");
            }

            await ExecuteAsync(database, Fleet(accounts));
            for (var i = 0; i < processes; i++)
            {
                hosts.Add(Build(database, statements, jobs => jobs.SweepInterval = Sweep));
                await hosts[^1].StartAsync();
            }

            // Two sweeps to begin with: the first one looks at every account.
            await Task.Delay(Sweep * 2);
            statements.Clear();
            var before = await ReadAsync(database);
            var (cpu, cpuBefore) = await WatchAsync(database);
            var started = Stopwatch.GetTimestamp();
            await Task.Delay(TimeSpan.FromSeconds(seconds));
            var elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;
            var used = (cpu.Read() - cpuBefore) / elapsed * 1000;
            var after = await ReadAsync(database);
            var (transactions, rows) = ((after.Commits - before.Commits) / elapsed, (after.Rows - before.Rows) / elapsed);
            await Console.Out.WriteLineAsync($"""
                {accounts} accounts with nothing to do, {processes} processes, {elapsed:F0} s, a sweep each {Sweep.TotalSeconds:F0} s
                per second: {statements.Count / elapsed:F2} statements, {statements.Milliseconds / elapsed:F2} ms in them
                per second on the server: {transactions:F2} transactions, {rows:F0} rows read
                processor time per second: {used.Client:F1} ms of all processes, {used.Server:F1} ms of the server
                """);
            foreach (var kind in statements.Kinds)
            {
                await Console.Out.WriteLineAsync(
                    $"  {kind.Kind,-14} {kind.Count,6} times {kind.Milliseconds / kind.Count,8:F2} ms each, {kind.Longest,8:F2} at most");
            }
        }
        finally
        {
            foreach (var host in hosts)
            {
                await host.StopAsync();
                host.Dispose();
            }

            await ExecuteAsync(server, $"drop database {name} with (force)");
        }

        return 0;

        int Number(string option, string otherwise) =>
            int.Parse(Value(option, otherwise), System.Globalization.CultureInfo.InvariantCulture);

        string Value(string option, string otherwise) =>
            Array.IndexOf(args, option) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : otherwise;
    }

    private static IHost Build(string database, StatementCounter statements, Action<JobsOptions> jobs)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddProvider(statements).AddFilter("Npgsql", LogLevel.Information);
        builder.AddBrxSync(brx => brx
            .UsePostgreSql(
                new NpgsqlConnectionStringBuilder(database) { Pooling = true }.ConnectionString, store => store.LogCommands = true)
            .UseEncryptionKeys(EncryptionKey.Generate())
            .ConfigureCardTrader(options => options.BaseAddress = new Uri("http://127.0.0.1:9/"))
            .ConfigureJobs(jobs));
        return builder.Build();
    }

    /// <summary>Accounts that were all synchronized, polled and compared a moment ago, with some stock and some history.</summary>
    private static string Fleet(int accounts) => $"""
        insert into user_sync_settings (user_id, cardtrader_token_encrypted, sync_status, last_sync_at, orders_polled_at)
        select gen_random_uuid(), 'gAAAA', 'active', now(), now() from generate_series(1, {accounts});
        insert into user_inventory_items (user_id, blueprint_id, quantity, price_cents, external_stock_id)
        select a.user_id, n, 1, 100, n::text from user_sync_settings a, generate_series(1, 20) n;
        insert into sync_operations (user_id, operation_id, operation_type, status, created_at, started_at, heartbeat_at, completed_at)
        select a.user_id, a.user_id::text || n, 'reconcile', 'completed', now(), now(), now(), now()
        from user_sync_settings a, generate_series(1, 10) n;
        analyze;
        """;

    private static async Task<string> ReadScriptAsync()
    {
        await using var script = typeof(Measurements).Assembly.GetManifestResourceStream("partition-by-account.sql")!;
        using var reader = new StreamReader(script);
        return await reader.ReadToEndAsync();
    }

    private static async Task<(CpuClock Clock, CpuTimes Now)> WatchAsync(string database)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        var clock = new CpuClock(connection.ProcessID);
        return (clock, clock.Read());
    }

    private static async Task<(long Commits, long Rows)> ReadAsync(string database)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "select xact_commit, tup_returned from pg_stat_database where datname = current_database()", connection);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    private static async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        await command.ExecuteNonQueryAsync();
    }
}
