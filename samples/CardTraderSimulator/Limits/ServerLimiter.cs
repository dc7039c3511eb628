namespace BrxSync.Simulator.Limits;

/// <summary>
/// Counts the calls of one token and says which are too many. Not safe for concurrent use; the times given never decrease.
/// </summary>
internal abstract class ServerLimiter
{
    /// <summary>Calls allowed in one window.</summary>
    public const int Limit = 200;

    /// <summary>The window.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    /// <summary>Makes a limiter of a model; null for <see cref="LimiterModel.None"/>.</summary>
    public static ServerLimiter? Create(LimiterModel model) => model switch
    {
        LimiterModel.None => null,
        LimiterModel.FixedWindow => new FixedWindow(),
        LimiterModel.SlidingLog => new SlidingLog(Limit, Window, countRefusals: false),
        LimiterModel.SlidingLogCountingRefusals => new SlidingLog(Limit, Window, countRefusals: true),
        LimiterModel.WeightedCounter => new WeightedCounter(),
        LimiterModel.Bucket200 => new TokenBucket(200, 20),
        LimiterModel.Bucket20 => new TokenBucket(20, 20),
        _ => throw new ArgumentOutOfRangeException(nameof(model), model, "There is no such model."),
    };

    /// <summary>Counts a call. Returns whether it is within the limit.</summary>
    /// <param name="now">When it arrived.</param>
    public abstract bool TryTake(DateTimeOffset now);
}
