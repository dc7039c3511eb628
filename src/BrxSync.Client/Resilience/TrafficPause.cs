using BrxSync.Client.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BrxSync.Client.Resilience;

/// <summary>
/// Holds all calls back for a while after something in front of CardTrader blocked one: going on would prolong the block.
/// </summary>
internal sealed partial class TrafficPause(
    IOptions<CardTraderClientOptions> options, TimeProvider timeProvider, ILogger<TrafficPause> logger)
{
    private readonly TimeSpan _length = options.Value.Resilience.Throttling.BlockedPause;
    private readonly long _origin = timeProvider.GetTimestamp();
    private long _until;

    /// <summary>Gets how long the pause still lasts; zero or less when there is none.</summary>
    public TimeSpan Left => TimeSpan.FromTicks(Interlocked.Read(ref _until)) - Elapsed;

    // Not the time of day: that may be set while a pause lasts.
    private TimeSpan Elapsed => timeProvider.GetElapsedTime(_origin);

    public void Begin()
    {
        if (_length <= TimeSpan.Zero)
        {
            return;
        }

        var wasRunning = Left > TimeSpan.Zero;
        Interlocked.Exchange(ref _until, (Elapsed + _length).Ticks);
        if (!wasRunning)
        {
            Log.Paused(logger, _length.TotalSeconds);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.TrafficPaused, LogLevel.Warning,
            "Something in front of CardTrader blocked a call (403 without an error code); no call is sent for {Seconds:0} s")]
        public static partial void Paused(ILogger logger, double seconds);
    }
}
