using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using BrxSync.Client;
using ClientExport;
using Microsoft.Extensions.DependencyInjection;

// ClientExport [rows] [rounds]        speed and allocations of the client's export beside plain deserialization, interleaved in one run
// ClientExport peak stream|list rows  peak memory of this process while it reads an export, keeping nothing or everything
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["peak", var how, var count])
{
    await MeasurePeakAsync(how, int.Parse(count));
    return;
}

var rows = args.Length > 0 ? int.Parse(args[0]) : 500_000;
var rounds = args.Length > 1 ? int.Parse(args[1]) : 5;
var body = ExportBody.Create(rows);
Console.WriteLine(
    $"{rows:N0} products, {body.Length / 1e6:N1} MB, {(double)body.Length / rows:N0} bytes each, {rounds} rounds, {Environment.ProcessorCount} cores");
(string Name, Func<Task<long>> Read)[] readers =
[
    ("client", () => ReadClientAsync(() => new MemoryStream(body))),
    ("plain, properties as bytes", async () => await JsonSerializer.DeserializeAsyncEnumerable(
        new MemoryStream(body), PlainContext.Default.RawProduct).LongCountAsync()),
    ("plain, properties as JsonElement", async () => await JsonSerializer.DeserializeAsyncEnumerable(
        new MemoryStream(body), PlainContext.Default.ElementProduct).LongCountAsync()),
];
var seconds = readers.ToDictionary(reader => reader.Name, _ => new List<double>());
var processor = readers.ToDictionary(reader => reader.Name, _ => new List<double>());
var allocated = new Dictionary<string, long>();
using var self = Process.GetCurrentProcess();
for (var round = -1; round < rounds; round++)
{
    foreach (var (name, read) in readers)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        self.Refresh();
        var busy = self.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        var read1 = await read();
        watch.Stop();
        self.Refresh();
        if (read1 != rows)
        {
            throw new InvalidOperationException($"{name} read {read1} rows.");
        }

        allocated[name] = GC.GetTotalAllocatedBytes(precise: true) - before;
        if (round >= 0)
        {
            seconds[name].Add(watch.Elapsed.TotalSeconds);
            processor[name].Add((self.TotalProcessorTime - busy).TotalSeconds);
        }
    }
}

foreach (var (name, _) in readers)
{
    var median = Median(seconds[name]);
    var ratios = seconds[name].Zip(seconds["client"], (theirs, ours) => theirs / ours).ToList();
    Console.WriteLine(
        $"{name,-34} {rows / median,10:N0} rows/s {body.Length / 1e6 / median,7:N0} MB/s {rows / Median(processor[name]),10:N0} rows per processor second {allocated[name] / (double)rows,7:N0} bytes allocated a product;"
        + $" the client is {Median(ratios):N2} times as fast (rounds {ratios.Min():N2} to {ratios.Max():N2})");
}

static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

static async Task<long> ReadClientAsync(Func<Stream> body)
{
    var services = new ServiceCollection();
    services.AddCardTraderClient().ConfigurePrimaryHttpMessageHandler(() => new BodyHandler(body));
    await using var provider = services.BuildServiceProvider();
    var account = provider.GetRequiredService<ICardTraderClient>().ForToken(new CardTraderToken("benchmark"));
    return await account.Inventory.StreamExportAsync().LongCountAsync();
}

static async Task MeasurePeakAsync(string how, int rows)
{
    var services = new ServiceCollection();
    services.AddCardTraderClient().ConfigurePrimaryHttpMessageHandler(() => new BodyHandler(() => new GeneratedBody(rows)));
    await using var provider = services.BuildServiceProvider();
    var account = provider.GetRequiredService<ICardTraderClient>().ForToken(new CardTraderToken("benchmark"));
    var idle = Environment.WorkingSet;
    var products = account.Inventory.StreamExportAsync();
    var kept = how == "list" ? await products.ToListAsync() : null;
    var read = kept?.Count ?? await products.LongCountAsync();
    using var process = Process.GetCurrentProcess();
    Console.WriteLine($"{how}: {read:N0} products, idle {idle / 1048576.0:N0} MiB, peak {process.PeakWorkingSet64 / 1048576.0:N0} MiB");
    GC.KeepAlive(kept);
}

internal sealed class BodyHandler(Func<Stream> body) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(body()) });
}
