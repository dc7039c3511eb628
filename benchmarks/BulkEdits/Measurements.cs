using System.Diagnostics;
using System.Globalization;
using BrxSync.Sync;

namespace BrxSync.Benchmarks.BulkEdits;

/// <summary>Edits the price of every item of an account, in turn with the least statements that could do it.</summary>
internal static class Measurements
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Length == 0 || args.Length % 2 == 1)
        {
            await Console.Out.WriteLineAsync("usage: BulkEdits --postgres CONNECTION  [--edits 100000] [--rounds 3]");
            return args is ["--help" or "-h"] ? 0 : 2;
        }

        var options = args.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        var (edits, rounds) = (Number("--edits", 100_000), Number("--rounds", 3));
        await using var shop = await Shop.CreateAsync(options["--postgres"], rounds + 1, edits);
        await using var bare = new BareUpdate(shop.Database);
        await bare.SetUpAsync();
        await Shop.ExecuteAsync(shop.Database, "vacuum analyze bare_items");
        var cpu = new CpuClock(await bare.FindBackendAsync());

        // The first account warms up; then engine and floor take turns, and so does what comes first.
        var faults = new List<string>();
        await WriteAsync($"round      rows/s  seconds  client s  server s   ratio");
        for (var round = 0; round <= rounds; round++)
        {
            var (account, items) = shop.Accounts[round];
            var prices = items.Select(item => (item.Id, item.Price + 1)).ToArray();
            Figures floor = default;
            Figures engine = default;
            foreach (var isEngine in round % 2 == 0 ? (bool[])[true, false] : [false, true])
            {
                await Shop.ExecuteAsync(shop.Database, "checkpoint");
                if (isEngine)
                {
                    engine = await MeasureAsync(cpu, items.Count, () => EditAsync(shop, account, prices));
                }
                else
                {
                    floor = await MeasureAsync(cpu, items.Count, () => bare.RunAsync(account.Value, prices));
                }
            }

            var name = round == 0 ? "warm" : round.ToString(CultureInfo.InvariantCulture);
            await WriteAsync($"{name,5} bare {floor.Row}");
            await WriteAsync($"{name,5} edit {engine.Row}   {engine.PerSecond / floor.PerSecond:0.00}");
            faults.AddRange(await CheckAsync(shop, account, edits));
            if (round == 0)
            {
                await Shop.ExecuteAsync(shop.Database, "analyze");
            }
        }

        await WriteAsync($"{(faults.Count == 0 ? "items, journal and changes hold every edit once" : string.Join('\n', faults))}");
        return faults.Count == 0 ? 0 : 1;

        int Number(string name, int otherwise) =>
            options.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
    }

    private static async Task EditAsync(Shop shop, AccountId account, (long Id, int Price)[] prices)
    {
        var edits = prices.Select(price => new ItemEdit { ItemId = price.Id, PriceCents = price.Price }).ToAsyncEnumerable();
        await foreach (var result in shop.Changes.EditManyAsync(account, edits, new BulkEdit()))
        {
            if (result.Receipt is not { Changes.Count: 1 })
            {
                throw new InvalidOperationException($"Edit {result.Index} was not made.");
            }
        }
    }

    private static async Task<List<string>> CheckAsync(Shop shop, AccountId account, int edits)
    {
        var faults = new List<string>();
        foreach (var (name, sql) in ((string, string)[])
        [
            ("changes that wait", "select count(*) from pending_changes where state = 'waiting' and user_id = '{0}'"),
            (
                "journal rows",
                "select count(*) from stock_journal where cause = 'edit' and price_after = price_before + 1 and user_id = '{0}'"),
            (
                "positions without a gap",
                "select count(distinct position) - max(position) + min(position) - 1 + count(*) from stock_journal "
                    + "where cause = 'edit' and user_id = '{0}'"),
            ("items at their second version", "select count(*) from user_inventory_items where row_version = 2 and user_id = '{0}'"),
        ])
        {
            var found = await Shop.ReadAsync(shop.Database, string.Format(CultureInfo.InvariantCulture, sql, account.Value));
            if (found != edits.ToString(CultureInfo.InvariantCulture))
            {
                faults.Add($"There are {found} {name}, not {edits}.");
            }
        }

        return faults;
    }

    private static async Task<Figures> MeasureAsync(CpuClock cpu, int rows, Func<Task> run)
    {
        GC.Collect();
        var before = cpu.Read();
        var watch = Stopwatch.StartNew();
        await run();
        return new Figures(rows, watch.Elapsed.TotalSeconds, cpu.Read() - before);
    }

    private static Task WriteAsync(FormattableString line) => Console.Out.WriteLineAsync(line.ToString(CultureInfo.InvariantCulture));

    private readonly record struct Figures(int Rows, double Seconds, CpuTimes Cpu)
    {
        public double PerSecond => Rows / Seconds;

        public string Row =>
            string.Create(CultureInfo.InvariantCulture, $"{PerSecond,8:0} {Seconds,8:0.00} {Cpu.Client,9:0.00} {Cpu.Server,9:0.00}");
    }
}
