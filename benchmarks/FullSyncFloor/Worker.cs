using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Npgsql;

namespace BrxSync.Benchmarks.FullSyncFloor;

/// <summary>The process whose memory is measured: synchronizes once for every line it reads, and answers with a line of JSON.</summary>
internal static class Worker
{
    public static async Task<int> RunAsync(ISyncUnderTest sync)
    {
        await using (sync)
        {
            await sync.SetUpAsync();
            var cpu = await sync.WatchAsync();
            GC.Collect();
            var idle = ReadStatus("VmRSS");
            await Console.Out.WriteLineAsync("ready");
            while (await Console.In.ReadLineAsync() is "sync")
            {
                var before = await sync.CountAsync();
                ResetPeak();
                var cpuBefore = cpu.Read();
                var started = Stopwatch.GetTimestamp();
                var outcome = await sync.SyncAsync();
                var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
                var used = cpu.Read() - cpuBefore;
                var peak = ReadStatus("VmHWM");

                // A session hands its counters over when it ends, else only now and then.
                NpgsqlConnection.ClearAllPools();
                await Task.Delay(TimeSpan.FromSeconds(1));
                var after = await sync.CountAsync();
                var measurement = new Measurement(
                    seconds,
                    idle,
                    peak,
                    after is null || before is null ? null : Grown(before, after),
                    used,
                    outcome);
                await Console.Out.WriteLineAsync(JsonSerializer.Serialize(measurement));
            }
        }

        return 0;
    }

    private static StoreCounters Grown(StoreCounters before, StoreCounters after) => new(
        after.WalBytes - before.WalBytes,
        after.Inserted - before.Inserted,
        after.Updated - before.Updated,
        after.ItemBytes - before.ItemBytes,
        after.JournalBytes - before.JournalBytes);

    /// <summary>Starts the kernel's record of the highest resident size anew.</summary>
    private static void ResetPeak() => File.WriteAllText("/proc/self/clear_refs", "5");

    private static double ReadStatus(string name)
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(name + ":", StringComparison.Ordinal));
        var kilobytes = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2].Trim();
        return double.Parse(kilobytes.Split('\t')[^1], CultureInfo.InvariantCulture) / 1024;
    }
}
