using System.Diagnostics;
using System.Globalization;
using BrxSync.Client;
using BrxSync.Sync.Catalog;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Benchmarks.CatalogLookup;

/// <summary>
/// Looks distinct blueprints up as syncs do, batch by batch, with an empty memory and with a full one, one sync and many at once. Queries
/// and connections are counted by the server.
/// </summary>
internal static class Measurements
{
    private const int Lookers = 20;

    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Length == 0 || args.Length % 2 == 1)
        {
            await Console.Out.WriteLineAsync("usage: CatalogLookup --mysql CONNECTION  [--blueprints N] [--batch N] [--rounds N]");
            return args is ["--help" or "-h"] ? 0 : 2;
        }

        var options = args.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        var blueprints = Number(options, "--blueprints", 100_000);
        var batch = Number(options, "--batch", 2_000);
        await using var catalogue = await TemporaryCatalogue.CreateAsync(options["--mysql"], blueprints);
        await Console.Out.WriteLineAsync(
            $"{blueprints} blueprints in batches of {batch}; the catalogue has {catalogue.Prints} prints in four tables");
        await Console.Out.WriteLineAsync("lookers  ids      memory   seconds      ids/s   queries  opened  most connections  mapped");
        for (var round = 0; round < Number(options, "--rounds", 3); round++)
        {
            await MeasureAsync(catalogue, [Batches(blueprints, batch, 0)], "the same");
            await MeasureAsync(catalogue, [.. Enumerable.Range(0, Lookers).Select(_ => Batches(blueprints, batch, 0))], "the same");
            await MeasureAsync(catalogue, [.. Enumerable.Range(0, Lookers).Select(i => Batches(blueprints, batch, i + 1))], "shuffled");
        }

        return 0;
    }

    private static async Task MeasureAsync(TemporaryCatalogue catalogue, BlueprintId[][][] lookers, string ids)
    {
        await TemporaryCatalogue.ForgetConnectionsAsync();

        // A fresh set of services: nothing is remembered, no connection is open.
        var services = new ServiceCollection();
        services.AddBrxSync(configure: brx => brx.UseMySqlCatalog(catalogue.ConnectionString));
        await using var provider = services.BuildServiceProvider();
        var lookup = provider.GetRequiredService<ICatalog>();
        foreach (var memory in (string[])["cold", "warm"])
        {
            var mapped = Array.Empty<long>();
            var seconds = 0.0;
            var counts = await catalogue.CountAsync(async () =>
            {
                var watch = Stopwatch.StartNew();
                mapped = await Task.WhenAll(lookers.Select(batches => Task.Run(() => LookUpAsync(lookup, batches))));
                seconds = watch.Elapsed.TotalSeconds;
            });
            var total = lookers.Sum(batches => batches.Sum(each => (long)each.Length));
            await Console.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{lookers.Length,-8} {ids,-8} {memory,-6} {seconds,9:0.000} {total / seconds,10:0} {counts.Selects,9} {counts.Opened,7} {counts.MostConnections,16}   {mapped[0]}"));
        }
    }

    private static async Task<long> LookUpAsync(ICatalog catalog, BlueprintId[][] batches)
    {
        var mapped = 0L;
        foreach (var batch in batches)
        {
            var found = await catalog.LookupAsync(batch);
            mapped += found.Count(pair => pair.Value.Kind == CatalogMatchKind.Mapped);
        }

        return mapped;
    }

    private static BlueprintId[][] Batches(int blueprints, int size, int seed)
    {
        var ids = Enumerable.Range(1, blueprints).Select(id => new BlueprintId(id)).ToArray();
        if (seed > 0)
        {
            new Random(seed).Shuffle(ids);
        }

        return [.. ids.Chunk(size)];
    }

    private static int Number(Dictionary<string, string> options, string name, int otherwise) =>
        options.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
