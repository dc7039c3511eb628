using BrxSync.Client.RateLimiting;
using BrxSync.Integration.Tests.MySql;
using BrxSync.Store.Compliance.RateLimiting;
using BrxSync.Testing;
using Xunit.Abstractions;

namespace BrxSync.Integration.Tests.Redis;

/// <summary>Three processes that send all they may while Redis goes away, comes back or loses its state: nobody is ever refused.</summary>
public sealed class RedisLossGateTests(ITestOutputHelper output)
{
    private static readonly TimeSpan OneWay = TimeSpan.FromMilliseconds(60);

    public static TheoryData<string, bool> Models() => RateLimiterGateSuite.Models();

    [Theory]
    [MemberData(nameof(Models))]
    public async Task AcquireAsync_RedisIsAwayForAWhile_NoRefusal(string model, bool losesState)
    {
        await using var relay = new Relay("127.0.0.1", RedisLimiters.PortOf(ServerEnvironment.Redis));
        RedisLimiters? limiters = null;
        var load = new LimiterLoad(model, _ => OneWay, time => limiters = Make($"127.0.0.1:{relay.Port}", time));

        load.Run(TimeSpan.FromSeconds(70), Callers, async (_, time) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(20), time);
            relay.Cut();
            await Task.Delay(TimeSpan.FromSeconds(10), time);
            await load.DoAsync(async () =>
            {
                await (losesState ? limiters!.LoseStateAsync() : Task.CompletedTask);
                relay.Mend();
                await limiters!.WhenConnectedAsync();
            });
        });

        output.WriteLine($"{model}: {load.Accepted} accepted, {load.Refused} refused, {load.Utilisation:P2}");
        load.Refused.ShouldBe(0);
        load.Utilisation.ShouldBeGreaterThan(0.85);
        limiters!.Log.Entries.Select(entry => entry.EventId).ShouldBe([2950, 2950, 2950, 2951, 2951, 2951]);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void AcquireAsync_RedisLosesItsState_NoRefusal(string model, bool twice)
    {
        RedisLimiters? limiters = null;
        var load = new LimiterLoad(model, _ => OneWay, time => limiters = Make(ServerEnvironment.Redis, time));

        load.Run(TimeSpan.FromSeconds(60), Callers, async (_, time) =>
        {
            for (var i = 0; i < (twice ? 2 : 1); i++)
            {
                await Task.Delay(TimeSpan.FromSeconds(15), time);
                await load.DoAsync(limiters!.LoseStateAsync);
            }
        });

        output.WriteLine($"{model}: {load.Accepted} accepted, {load.Refused} refused, {load.Utilisation:P2}");
        load.Refused.ShouldBe(0);
        load.Utilisation.ShouldBeGreaterThan(twice ? 0.88 : 0.92);
    }

    private static RateLimitPriority[] Callers => [RateLimitPriority.Normal, RateLimitPriority.Normal, RateLimitPriority.High];

    private static RedisLimiters Make(string address, ManualTimeProvider time)
    {
        var limiters = new RedisLimiters(address, new RateLimiterOptions(), time, isVirtual: true);
        limiters.Redis.Instances = 3;
        return limiters;
    }
}
