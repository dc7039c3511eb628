using System.Diagnostics;
using System.Globalization;
using BrxSync.Simulator;
using BrxSync.Simulator.Limits;

namespace BrxSync.Benchmarks.SharedLimiter;

/// <summary>
/// Lets several processes share one token through Redis against each way in which a marketplace may count, and says how much of the limit
/// they used, how often they were refused, and what that cost Redis. Redis can be hurt on the way.
/// </summary>
internal static class Measurements
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(12);

    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Length % 2 == 1)
        {
            await Console.Out.WriteLineAsync(
                "usage: SharedLimiter [--seconds N] [--processes N] [--instances N] [--latency MS] [--models NAME,...] [--fault kill|stop|flush|pause] [--away S] [--log yes]");
            return args is ["--help" or "-h"] ? 0 : 2;
        }

        var options = args.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        var seconds = Number(options, "--seconds", 60);
        var processes = Number(options, "--processes", 3);
        var models = options.TryGetValue("--models", out var names)
            ? names.Split(',').Select(Enum.Parse<LimiterModel>).ToArray()
            : [.. Enum.GetValues<LimiterModel>().Where(model => model != LimiterModel.None)];
        await using var redis = await RedisProcess.StartAsync();
        var simulators = new List<(LimiterModel Model, CardTraderSimulatorHost Host)>();
        foreach (var model in models)
        {
            var settings = new CardTraderSimulatorOptions
            {
                Limiter = model, NetworkLatency = TimeSpan.FromMilliseconds(Number(options, "--latency", 60)),
            };
            settings.Sellers.Add(new SellerOptions { Products = 1, Token = $"token-of-{model}" });
            simulators.Add((model, await CardTraderSimulatorHost.StartAsync(settings)));
        }

        var workers = Enumerable.Range(0, processes).Select(_ => StartWorker(
            [
                "worker", redis.Address, "benchmark", Number(options, "--instances", processes).ToString(CultureInfo.InvariantCulture),
                options.ContainsKey("--log") ? "verbose" : "quiet",
                .. simulators.SelectMany(simulator => new[] { simulator.Host.BaseAddress.ToString(), simulator.Host.Seller().Token }),
            ])).ToArray();
        await Task.Delay(WarmUp);
        await MeasureAsync(redis, simulators, TimeSpan.FromSeconds(seconds), options);
        foreach (var worker in workers)
        {
            await worker.StandardInput.WriteLineAsync();
            await worker.WaitForExitAsync();
            worker.Dispose();
        }

        foreach (var (_, host) in simulators)
        {
            await host.DisposeAsync();
        }

        return 0;
    }

    private static async Task MeasureAsync(
        RedisProcess redis,
        List<(LimiterModel Model, CardTraderSimulatorHost Host)> simulators,
        TimeSpan duration,
        Dictionary<string, string> options)
    {
        var isHurt = options.TryGetValue("--fault", out var fault);
        var watch = Stopwatch.StartNew();
        var before = simulators.ConvertAll(simulator => Count(simulator.Host));
        var cost = await redis.ReadAsync();
        var refusedBefore = simulators.Sum(simulator => simulator.Host.Calls.CountOf(429));
        if (isHurt)
        {
            await Task.Delay(duration / 4);
            await redis.HurtAsync(fault!, TimeSpan.FromSeconds(Number(options, "--away", 5)));
        }

        await Task.Delay(duration - watch.Elapsed);
        var elapsed = watch.Elapsed.TotalSeconds;
        for (var i = 0; i < simulators.Count; i++)
        {
            var accepted = Count(simulators[i].Host) - before[i];
            var refused = simulators[i].Host.Calls.CountOf(429);
            await Console.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{simulators[i].Model,-28} {accepted,6} of {20 * elapsed,6:0} possible {accepted / (20 * elapsed),8:P2}  refused {refused}"));
        }

        var after = await redis.ReadAsync();
        var (scripts, cpu) = fault == "kill" ? after : (after.Scripts - cost.Scripts, after.Seconds - cost.Seconds);
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{elapsed:0} s, {simulators.Count} tokens, fault: {(isHurt ? fault : "none")}; refused before: {refusedBefore}"));
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"Redis: {scripts / elapsed / simulators.Count:0.0} scripts/s a token, {cpu / elapsed:P2} of a processor"));
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{1e6 * cpu / Math.Max(1, scripts):0} us a script"));
    }

    private static long Count(CardTraderSimulatorHost host) => host.Calls.Count - host.Calls.CountOf(429);

    private static Process StartWorker(string[] arguments)
    {
        var path = Environment.ProcessPath!;
        var isHost = Path.GetFileNameWithoutExtension(path) == "dotnet";
        return Process.Start(new ProcessStartInfo(path, isHost ? [typeof(Measurements).Assembly.Location, .. arguments] : arguments)
        {
            RedirectStandardInput = true,
        })!;
    }

    private static int Number(Dictionary<string, string> options, string name, int otherwise) =>
        options.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
