namespace BrxSync.Simulator.Limits;

internal sealed class WeightedCounter : ServerLimiter
{
    private long window = -1;
    private int count;
    private int before;

    public override bool TryTake(DateTimeOffset now)
    {
        var (current, into) = Math.DivRem(now.UtcTicks, Window.Ticks);
        if (current != window)
        {
            before = current == window + 1 ? count : 0;
            count = 0;
            window = current;
        }

        var overlap = 1 - ((double)into / Window.Ticks);
        if ((before * overlap) + count >= Limit)
        {
            return false;
        }

        count++;
        return true;
    }
}
