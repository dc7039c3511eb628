using System.Globalization;
using BrxSync.Sync;

namespace BrxSync.Benchmarks.WebhookApply;

/// <summary>Applies deliveries for distinct items through the intake, in turn with the least transaction that could do it.</summary>
internal static class Measurements
{
    private static readonly string[] Settings =
    [
        "server_version", "fsync", "synchronous_commit", "full_page_writes", "wal_sync_method", "shared_buffers",
    ];

    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Length == 0 || args.Length % 2 == 1)
        {
            await Console.Out.WriteLineAsync(
                "usage: WebhookApply --postgres CONNECTION  [--accounts 4] [--products 50000] [--rounds 3] [--deliveries 4000] [--rate 1000]");
            return args is ["--help" or "-h"] ? 0 : 2;
        }

        var options = args.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        await using var shop = await TemporaryShop.CreateAsync(
            options["--postgres"], Number(options, "--accounts", 4), Number(options, "--products", 50_000));
        await using var bare = new BareTransaction(shop.Database);
        await bare.SetUpAsync();
        foreach (var setting in Settings)
        {
            await Console.Out.WriteAsync(
                $"{setting}={await TemporaryShop.ReadAsync(shop.Database, $"select current_setting('{setting}')")} ");
        }

        var backend = int.Parse(await TemporaryShop.ReadAsync(shop.Database, "select pg_backend_pid()"), CultureInfo.InvariantCulture);
        var run = new Run(shop, bare, new Load(new CpuClock(backend)), new Deliveries(await shop.FindEndOfReadsAsync()));
        var reading = new Deliveries(DateTimeOffset.UtcNow).MeasureReading(5_000);
        await WriteAsync(
            $"\nbefore the intake: signature {reading.Verify:0.0} us, reading {reading.Parse:0.0} us of a body of {reading.Bytes} bytes");
        await run.WarmUpAsync();
        await RunRoundsAsync(run, Number(options, "--rounds", 3), Number(options, "--deliveries", 4_000));
        var rate = Number(options, "--rate", 1_000);
        var open = await run.OpenAsync(rate, rate * 10);
        await WriteAsync($"at {rate}/s for 10 s: {open.PerSecond:0}/s  p50 {open.P50:0.00} ms  p99 {open.P99:0.00} ms");

        var faults = await shop.CheckAsync();
        faults.AddRange(await bare.CheckAsync() ? [] : ["The bare transactions did something else."]);
        var verdict = faults.Count == 0
            ? "the stock, the journal, the ledger and the inbox hold exactly what was sold"
            : string.Join('\n', faults.Take(20));
        await WriteAsync($"{verdict}");
        return faults.Count == 0 ? 0 : 1;
    }

    private static async Task RunRoundsAsync(Run run, int rounds, int deliveries)
    {
        var results = new Dictionary<string, List<(Figures Intake, Figures Bare)>>(StringComparer.Ordinal);
        for (var round = 0; round < rounds; round++)
        {
            foreach (var (callers, count) in ((int, int)[])[(1, deliveries), (8, deliveries * 2), (32, deliveries * 4)])
            {
                // What comes first takes turns, too.
                var first = round % 2 == 0 ? await run.BareAsync(callers, count) : default;
                var all = await run.IntakeAsync(callers, count, null);
                var one = callers > 1 ? await run.IntakeAsync(callers, count, round) : default;
                var floor = round % 2 == 0 ? first : await run.BareAsync(callers, count);
                Add($"{callers,7}  all", all, floor);
                if (callers > 1)
                {
                    Add($"{callers,7}  one", one, floor);
                }
            }
        }

        await WriteAsync($"callers  accounts       /s  p50 ms  p99 ms   client us  server us   ratio to bare (of each round)");
        foreach (var (name, measured) in results)
        {
            var (bare, intake) = (Median(measured.Select(each => each.Bare)), Median(measured.Select(each => each.Intake)));
            var ratios = measured.Select(
                each => (each.Intake.PerSecond / each.Bare.PerSecond).ToString("0.00", CultureInfo.InvariantCulture));
            await WriteAsync($"{name} bare   {Row(bare)}");
            await WriteAsync(
                $"{name} intake {Row(intake)}   {intake.PerSecond / bare.PerSecond:0.00} ({string.Join(' ', ratios)}), of processor time {Total(bare) / Total(intake):0.00}");
        }

        void Add(string name, Figures intake, Figures bare)
        {
            results.TryAdd(name, []);
            results[name].Add((intake, bare));
        }
    }

    private static Figures Median(IEnumerable<Figures> figures)
    {
        var sorted = figures.OrderBy(each => each.PerSecond).ToList();
        return sorted[sorted.Count / 2];
    }

    private static double Total(Figures figures) => figures.Cpu.Client + figures.Cpu.Server;

    private static string Row(Figures figures) => string.Create(
        CultureInfo.InvariantCulture,
        $"{figures.PerSecond,9:0} {figures.P50,7:0.00} {figures.P99,7:0.00} {figures.Cpu.Client * 1e6,11:0} {figures.Cpu.Server * 1e6,10:0}");

    private static Task WriteAsync(FormattableString line) => Console.Out.WriteLineAsync(line.ToString(CultureInfo.InvariantCulture));

    private static int Number(Dictionary<string, string> options, string name, int otherwise) =>
        options.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private sealed class Run(TemporaryShop shop, BareTransaction bare, Load load, Deliveries deliveries)
    {
        public async Task WarmUpAsync()
        {
            foreach (var callers in (int[])[1, 8, 32])
            {
                await BareAsync(callers, 2_000);
                await IntakeAsync(callers, 2_000, null);
            }

            // As the server does by itself within a minute: until then its plans are those of empty tables.
            await TemporaryShop.ExecuteAsync(shop.Database, "analyze");
            await IntakeAsync(1, 100, null);
        }

        /// <summary>The floor's items are a copy, so it may lower the very items whose turn in the intake comes later.</summary>
        public Task<Figures> BareAsync(int callers, int count)
        {
            var sales = shop.Accounts.Select(each => each.Products.Take(count).ToArray()).ToArray();
            return load.ClosedAsync(callers, count, i =>
            {
                var account = i % sales.Length;
                return bare.ApplyAsync(shop.Accounts[account].Account.Value, Guid.NewGuid().ToString(), sales[account][i / sales.Length]);
            });
        }

        public Task<Figures> IntakeAsync(int callers, int count, int? oneAccount)
        {
            var receive = Receiver(count, oneAccount);
            return load.ClosedAsync(callers, count, receive);
        }

        public Task<Figures> OpenAsync(int perSecond, int count) => load.OpenAsync(perSecond, count, Receiver(count, null));

        private Func<int, Task> Receiver(int count, int? oneAccount)
        {
            var sales = shop
                .Take(count, oneAccount)
                .Select(sale => (sale.Account, sale.Product, Event: deliveries.Make(sale.Product)))
                .ToArray();
            var intake = shop.Intake;
            return async i =>
            {
                var receipt = await intake.ReceiveAsync(sales[i].Account, sales[i].Event);
                if (receipt.Outcome != DeliveryOutcome.Applied)
                {
                    throw new InvalidOperationException($"A delivery was not applied: {receipt.Outcome}.");
                }

                shop.Sold(sales[i].Account, sales[i].Product);
            };
        }
    }
}
