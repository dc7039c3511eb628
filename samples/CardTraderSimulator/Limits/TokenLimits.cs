namespace BrxSync.Simulator.Limits;

/// <summary>The limits of all tokens: the general one by the chosen model, and two narrow ones for marketplace products and jobs.</summary>
internal sealed class TokenLimits(Marketplace marketplace)
{
    private const string General = "Too many requests: max 200 requests per 10 seconds";
    private const string Products = "Too many requests: max 10 requests per second";
    private const string Jobs = "Too many requests: max 1 request per second";

    private readonly Lock gate = new();
    private readonly Dictionary<SimulatedSeller, Limits> limits = [];
    private LimiterModel model = marketplace.Options.Limiter;

    public LimiterModel Model
    {
        get => model;
        set
        {
            lock (gate)
            {
                model = value;
                limits.Clear();
            }
        }
    }

    /// <summary>Counts a call. Returns the text of the refusal, or null when it is within all limits.</summary>
    public string? Refuse(SimulatedSeller seller, PathString path)
    {
        if (model == LimiterModel.None)
        {
            return null;
        }

        lock (gate)
        {
            if (!limits.TryGetValue(seller, out var own))
            {
                limits[seller] = own = new Limits(ServerLimiter.Create(model));
            }

            var now = marketplace.Clock.True;
            return own.All?.TryTake(now) == false ? General
                : path.StartsWithSegments("/marketplace/products", StringComparison.Ordinal) && !own.Products.TryTake(now) ? Products
                : path.StartsWithSegments("/jobs", StringComparison.Ordinal) && !own.Jobs.TryTake(now) ? Jobs
                : null;
        }
    }

    private sealed class Limits(ServerLimiter? all)
    {
        public ServerLimiter? All { get; } = all;

        public SlidingLog Products { get; } = new(10, TimeSpan.FromSeconds(1), countRefusals: false);

        public SlidingLog Jobs { get; } = new(1, TimeSpan.FromSeconds(1), countRefusals: false);
    }
}
