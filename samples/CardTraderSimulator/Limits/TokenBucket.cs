namespace BrxSync.Simulator.Limits;

internal sealed class TokenBucket(int size, int perSecond) : ServerLimiter
{
    private double tokens = size;
    private DateTimeOffset? filled;

    public override bool TryTake(DateTimeOffset now)
    {
        tokens = Math.Min(size, tokens + ((now - (filled ?? now)).TotalSeconds * perSecond));
        filled = now;
        // The sum of many small refills may miss a whole token by a rounding error.
        if (tokens < 1 - 1e-9)
        {
            return false;
        }

        tokens--;
        return true;
    }
}
