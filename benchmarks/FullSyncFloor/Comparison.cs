using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using BrxSync.Simulator;
using Npgsql;

namespace BrxSync.Benchmarks.FullSyncFloor;

/// <summary>Hosts the marketplace, and lets one process after the other synchronize with it: engine and floor in turn.</summary>
internal static class Comparison
{
    private static readonly string[] Phases = ["first", "unchanged", "1 % changed"];

    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Length == 0 || args.Length % 2 == 1)
        {
            await Console.Out.WriteLineAsync(
                "usage: FullSyncFloor --postgres CONNECTION | --sqlite FOLDER  [--products N,N,...] [--rounds N]");
            return args is ["--help" or "-h"] ? 0 : 2;
        }

        var options = args.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        var sizes = options.GetValueOrDefault("--products", "10000,100000,1000000").Split(',').Select(int.Parse);
        var rounds = int.Parse(options.GetValueOrDefault("--rounds", "1"), CultureInfo.InvariantCulture);
        await Console.Out.WriteLineAsync(
            "products  run           way     seconds   rows/s    WAL MiB  inserted  updated   idle MB  peak MB  client s  server s  item B  journal B  ratio");
        foreach (var size in sizes)
        {
            for (var round = 0; round < rounds; round++)
            {
                await CompareAsync(size, options, round);
            }
        }

        return 0;
    }

    private static async Task CompareAsync(int size, Dictionary<string, string> options, int round)
    {
        var ways = options.ContainsKey("--sqlite") ? (string[])["engine"] : round % 2 == 0 ? ["floor", "engine"] : ["engine", "floor"];
        var results = new Dictionary<string, List<Measurement>>(StringComparer.Ordinal);
        foreach (var way in ways)
        {
            results[way] = await MeasureAsync(way, size, options);
        }

        for (var phase = 0; phase < Phases.Length; phase++)
        {
            foreach (var way in ways)
            {
                var m = results[way][phase];
                var ratio = way == "engine" && results.TryGetValue("floor", out var floor)
                    ? (m.Seconds / floor[phase].Seconds).ToString("0.00", CultureInfo.InvariantCulture)
                    : "";
                await Console.Out.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{size,-9} {Phases[phase],-13} {way,-7} {m.Seconds,7:0.00} {size / m.Seconds,9:0} {m.Grown?.WalBytes / 1048576.0,9:0.0} {m.Grown?.Inserted,9} {m.Grown?.Updated,8} {m.IdleMegabytes,8:0} {m.PeakMegabytes,8:0} {m.Cpu.Client,9:0.00} {m.Cpu.Server,9:0.00} {m.Grown?.ItemBytes / size,7} {m.Grown?.JournalBytes / size,10}  {ratio,-5} {m.Outcome}"));
            }
        }
    }

    private static async Task<List<Measurement>> MeasureAsync(string way, int size, Dictionary<string, string> options)
    {
        var marketplace = new CardTraderSimulatorOptions();
        marketplace.Sellers.Add(new SellerOptions { Name = "warm", Products = 500, Token = "warm" });
        marketplace.Sellers.Add(new SellerOptions { Name = "demo", Products = size, Token = "demo" });
        await using var host = await CardTraderSimulatorHost.StartAsync(marketplace);
        await using var store = await TemporaryStore.CreateAsync(options);

        // A first process on its own small account: the files of the programs and of the server are warm afterwards.
        await WithWorkerAsync(way, store.Name, host, "warm", async sync => await sync());
        var results = new List<Measurement>();
        await WithWorkerAsync(way, store.Name, host, "demo", async sync =>
        {
            results.Add(await sync());
            results.Add(await sync());
            host.Seller("demo").ChangeProducts(size / 100);
            results.Add(await sync());
        });
        return results;
    }

    private static async Task WithWorkerAsync(
        string way, string store, CardTraderSimulatorHost host, string token, Func<Func<Task<Measurement>>, Task> use)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet")
        {
            start.ArgumentList.Add(typeof(Comparison).Assembly.Location);
        }

        foreach (var argument in (string[])["worker", way, store, host.BaseAddress.ToString(), token])
        {
            start.ArgumentList.Add(argument);
        }

        using var worker = Process.Start(start)!;
        try
        {
            await worker.StandardOutput.ReadLineAsync();
            await use(async () =>
            {
                await worker.StandardInput.WriteLineAsync("sync");
                var line = await worker.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The worker ended early.");
                return JsonSerializer.Deserialize<Measurement>(line)!;
            });
        }
        finally
        {
            worker.StandardInput.Close();
            await worker.WaitForExitAsync();
        }
    }

    /// <summary>A database, or a file, that is gone afterwards.</summary>
    private sealed class TemporaryStore(string name, string? server, string? database) : IAsyncDisposable
    {
        public string Name { get; } = name;

        public static async Task<TemporaryStore> CreateAsync(Dictionary<string, string> options)
        {
            if (options.TryGetValue("--sqlite", out var folder))
            {
                return new TemporaryStore(Path.Combine(folder, $"floor-{Guid.NewGuid():N}.db"), null, null);
            }

            var server = options["--postgres"];
            var database = $"brxsync_floor_{Guid.NewGuid():N}";
            await ExecuteAsync(server, $"create database {database}");
            return new TemporaryStore(new NpgsqlConnectionStringBuilder(server) { Database = database }.ConnectionString, server, database);
        }

        public async ValueTask DisposeAsync()
        {
            if (server is not null)
            {
                await ExecuteAsync(server, $"drop database {database} with (force)");
                return;
            }

            foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(Name)!, Path.GetFileName(Name) + "*"))
            {
                File.Delete(file);
            }
        }

        private static async Task ExecuteAsync(string server, string sql)
        {
            await using var connection = new NpgsqlConnection(server + ";Pooling=false");
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }
    }
}
