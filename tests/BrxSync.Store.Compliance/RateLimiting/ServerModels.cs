namespace BrxSync.Store.Compliance.RateLimiting;

/// <summary>A way in which a server may count 200 requests in 10 seconds. Times are seconds; calls come in order of time.</summary>
public abstract class ServerModel
{
    protected const int Limit = 200;
    protected const double Window = 10;

    public static ServerModel Create(string name) => name switch
    {
        "fixed aligned window" => new FixedWindow(),
        "sliding log" => new SlidingLog(Limit, countsRefusals: false),
        "sliding log counting refusals" => new SlidingLog(Limit, countsRefusals: true),
        "half" => new SlidingLog(Limit / 2, countsRefusals: false),
        "weighted counter" => new WeightedCounter(),
        "bucket of 200" => new TokenBucket(200),
        "bucket of 20 at 20/s" => new TokenBucket(20),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such model."),
    };

    /// <summary>Counts a request that arrives now.</summary>
    /// <returns>Whether it is accepted.</returns>
    public abstract bool Accept(double now);

    private sealed class FixedWindow : ServerModel
    {
        private long window = -1;
        private int count;

        public override bool Accept(double now)
        {
            var current = (long)Math.Floor(now / Window);
            if (current != window)
            {
                window = current;
                count = 0;
            }

            return ++count <= Limit;
        }
    }

    private sealed class SlidingLog(int limit, bool countsRefusals) : ServerModel
    {
        private readonly Queue<double> log = new();

        public override bool Accept(double now)
        {
            while (log.TryPeek(out var oldest) && oldest <= now - Window)
            {
                log.Dequeue();
            }

            var accepted = log.Count < limit;
            if (accepted || countsRefusals)
            {
                log.Enqueue(now);
            }

            return accepted;
        }
    }

    private sealed class WeightedCounter : ServerModel
    {
        private long window;
        private int current;
        private int previous;

        public override bool Accept(double now)
        {
            var position = (long)Math.Floor(now / Window);
            if (position != window)
            {
                previous = position == window + 1 ? current : 0;
                current = 0;
                window = position;
            }

            var share = 1 - ((now / Window) - position);
            if ((previous * share) + current + 1 > Limit)
            {
                return false;
            }

            current++;
            return true;
        }
    }

    private sealed class TokenBucket(double size) : ServerModel
    {
        private const double PerSecond = Limit / Window;
        private double used;
        private double last;

        public override bool Accept(double now)
        {
            used = Math.Max(0, used - ((now - last) * PerSecond));
            last = now;
            if (used + 1 > size)
            {
                return false;
            }

            used++;
            return true;
        }
    }
}
