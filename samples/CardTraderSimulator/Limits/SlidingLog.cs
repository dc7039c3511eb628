namespace BrxSync.Simulator.Limits;

internal sealed class SlidingLog(int limit, TimeSpan window, bool countRefusals) : ServerLimiter
{
    private readonly Queue<DateTimeOffset> log = new();

    public override bool TryTake(DateTimeOffset now)
    {
        while (log.TryPeek(out var oldest) && oldest <= now - window)
        {
            log.Dequeue();
        }

        var within = log.Count < limit;
        if (within || countRefusals)
        {
            log.Enqueue(now);
        }

        return within;
    }
}
