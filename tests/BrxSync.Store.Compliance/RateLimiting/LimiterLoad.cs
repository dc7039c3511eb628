using BrxSync.Client.RateLimiting;
using BrxSync.Testing;

namespace BrxSync.Store.Compliance.RateLimiting;

/// <summary>Callers that send as much as they may, in virtual time, to a server that counts in some way.</summary>
/// <param name="model">How the server counts.</param>
/// <param name="oneWay">How long a request or its answer is on the way; told its number.</param>
/// <param name="begin">Makes the limiters.</param>
internal sealed class LimiterLoad(string model, Func<int, TimeSpan> oneWay, Func<ManualTimeProvider, ILimitersUnderTest> begin)
{
    public const string Key = "a1b2c3d4";
    public const int InFlightPerCaller = 8;

    private readonly ServerModel server = ServerModel.Create(model);
    private int requests;
    private int busy;

    public int Accepted { get; private set; }

    public int Refused { get; private set; }

    public int[] PerCaller { get; private set; } = [];

    public double Utilisation { get; private set; }

    public void Run(TimeSpan duration, params RateLimitPriority[] callers) => Run(duration, callers, (_, _) => Task.CompletedTask);

    public void Run(TimeSpan duration, RateLimitPriority[] callers, Func<IRateLimiter, TimeProvider, Task> beside)
    {
        var time = new ManualTimeProvider();
        using var limiters = begin(time);
        var forCaller = callers.Select(_ => limiters.Add()).ToArray();
        PerCaller = new int[callers.Length];
        VirtualTimeContext.Run(
            time,
            () => Task.WhenAll(
                callers.SelectMany((priority, caller) => Enumerable.Range(0, InFlightPerCaller)
                    .Select(_ => SendAsync(forCaller[caller], time, caller, priority, duration)))
                    .Append(beside(forCaller[^1], time))),
            () => busy > 0 || limiters.AreBusy);
        Utilisation = Accepted / (20 * duration.TotalSeconds);
    }

    /// <summary>Does something that takes real time: the clock stands still meanwhile.</summary>
    public async Task DoAsync(Func<Task> work)
    {
        busy++;
        await work();
        busy--;
    }

    public async Task CompleteAsync(IRateLimiter limiter, RateLimitLease lease, RateLimitOutcome outcome)
    {
        busy++;
        await limiter.CompleteAsync(lease, outcome);
        busy--;
    }

    private async Task SendAsync(
        IRateLimiter limiter, ManualTimeProvider time, int caller, RateLimitPriority priority, TimeSpan duration)
    {
        while (true)
        {
            var lease = await limiter.AcquireAsync(new RateLimitRequest(Key, RateLimitBucket.General, priority));
            if (time.GetUtcNow() - time.Start >= duration)
            {
                return;
            }

            await Task.Delay(oneWay(requests++), time);
            var accepted = server.Accept((time.GetUtcNow() - time.Start).TotalSeconds);
            Accepted += accepted ? 1 : 0;
            Refused += accepted ? 0 : 1;
            PerCaller[caller]++;
            await Task.Delay(oneWay(requests++), time);
            await CompleteAsync(
                limiter, lease!, accepted ? RateLimitOutcome.Answered : RateLimitOutcome.Refused(RateLimitBucket.General));
        }
    }
}
