using System.Diagnostics;

namespace BrxSync.Benchmarks.WebhookApply;

/// <summary>Runs one piece of work many times, and keeps how long each took.</summary>
internal sealed class Load(CpuClock cpu)
{
    /// <summary>Runs the work from a number of callers, each of which waits for one to end before it starts the next.</summary>
    public async Task<Figures> ClosedAsync(int callers, int count, Func<int, Task> work)
    {
        GC.Collect();
        var used = cpu.Read();
        var latencies = new TimeSpan[count];
        var next = -1;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(CallAsync)));
        return Figures.Of(watch.Elapsed, latencies, (cpu.Read() - used) / count);

        async Task CallAsync()
        {
            for (var i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
            {
                var start = Stopwatch.GetTimestamp();
                await work(i);
                latencies[i] = Stopwatch.GetElapsedTime(start);
            }
        }
    }

    /// <summary>
    /// Starts the work at a steady rate, whether or not what was started before has ended; latencies count from the intended start.
    /// </summary>
    public async Task<Figures> OpenAsync(int perSecond, int count, Func<int, Task> work)
    {
        GC.Collect();
        var used = cpu.Read();
        var latencies = new TimeSpan[count];
        var running = new List<Task>(count);
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < count; i++)
        {
            var intended = TimeSpan.FromSeconds((double)i / perSecond);
            while (watch.Elapsed < intended)
            {
                await Task.Delay(1);
            }

            var item = i;
            running.Add(Task.Run(() => CallAsync(item, intended)));
        }

        await Task.WhenAll(running);
        return Figures.Of(watch.Elapsed, latencies, (cpu.Read() - used) / count);

        async Task CallAsync(int item, TimeSpan intended)
        {
            await work(item);
            latencies[item] = watch.Elapsed - intended;
        }
    }
}

/// <summary>What a run measured: how many a second, milliseconds, and the processor time of one.</summary>
internal readonly record struct Figures(double PerSecond, double P50, double P99, CpuTimes Cpu)
{
    public static Figures Of(TimeSpan elapsed, TimeSpan[] latencies, CpuTimes cpu)
    {
        Array.Sort(latencies);
        return new Figures(latencies.Length / elapsed.TotalSeconds, At(0.50), At(0.99), cpu);

        double At(double share) => latencies[(int)Math.Ceiling(share * latencies.Length) - 1].TotalMilliseconds;
    }
}
