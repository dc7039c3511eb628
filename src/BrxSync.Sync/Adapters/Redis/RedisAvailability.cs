using BrxSync.Sync.Diagnostics;
using Microsoft.Extensions.Logging;

namespace BrxSync.Sync.Adapters.Redis;

/// <summary>How Redis does, over all tokens: says once when processes begin to keep to their shares, and once when that is over.</summary>
internal sealed partial class RedisAvailability(ILogger<RedisAvailability> logger)
{
    private readonly Lock _gate = new();
    private int _alone;
    private string _fault = "";
    private long _failures;
    private long _statesLost;

    /// <summary>Gets how many tokens are sent within this process's share.</summary>
    public int TokensAlone => Volatile.Read(ref _alone);

    /// <summary>Gets how many calls failed.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    public void Failed(Exception fault)
    {
        Interlocked.Increment(ref _failures);
        _fault = RedisFault.Describe(fault);
    }

    public void LostState()
    {
        Interlocked.Increment(ref _statesLost);
        _fault = "its state is gone";
    }

    public void Changed(TokenMode from, TokenMode to)
    {
        var change = (IsAlone(to) ? 1 : 0) - (IsAlone(from) ? 1 : 0);
        if (change == 0)
        {
            return;
        }

        lock (_gate)
        {
            _alone += change;
            if (change > 0 && _alone == 1)
            {
                Log.Lost(logger, _fault);
            }
            else if (_alone == 0)
            {
                Log.Restored(logger);
            }
        }
    }

    /// <summary>A token is used no more.</summary>
    public void Ended(TokenMode mode)
    {
        lock (_gate)
        {
            _alone -= IsAlone(mode) ? 1 : 0;
        }
    }

    private static bool IsAlone(TokenMode mode) => mode is TokenMode.Alone or TokenMode.Returning;

    private static partial class Log
    {
        [LoggerMessage(EventIds.RedisLost, LogLevel.Warning,
            "Redis does not keep the limits of CardTrader ({Reason}); this process goes on with its share of them")]
        public static partial void Lost(ILogger logger, string reason);

        [LoggerMessage(EventIds.RedisRestored, LogLevel.Information, "Redis keeps the limits of CardTrader again, for all processes")]
        public static partial void Restored(ILogger logger);
    }
}
