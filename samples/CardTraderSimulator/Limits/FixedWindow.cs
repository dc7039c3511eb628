namespace BrxSync.Simulator.Limits;

internal sealed class FixedWindow : ServerLimiter
{
    private long window = -1;
    private int count;

    public override bool TryTake(DateTimeOffset now)
    {
        var current = now.UtcTicks / Window.Ticks;
        if (current != window)
        {
            window = current;
            count = 0;
        }

        if (count >= Limit)
        {
            return false;
        }

        count++;
        return true;
    }
}
