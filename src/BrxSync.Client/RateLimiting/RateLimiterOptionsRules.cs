using System.Globalization;

namespace BrxSync.Client.RateLimiting;

/// <summary>
/// Checks what the ranges beside the options cannot say: durations, and options that contradict each other. Adds every problem it finds.
/// </summary>
internal static class RateLimiterOptionsRules
{
    private const string Path = nameof(CardTraderClientOptions.RateLimiter);

    public static void Check(RateLimiterOptions options, List<string> problems)
    {
        Between(nameof(options.Window), options.Window, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        Between(nameof(options.JobPollInterval), options.JobPollInterval, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Between(nameof(options.LeaseLifetime), options.LeaseLifetime, TimeSpan.FromSeconds(10), TimeSpan.FromHours(1));

        var perWindow = options.RequestsPerSecond * options.Window.TotalSeconds;
        if (perWindow + options.Burst > options.RequestsPerWindow)
        {
            problems.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{Path}.RequestsPerSecond is {options.RequestsPerSecond} and Burst {options.Burst}: {perWindow + options.Burst:0.#} requests in "
                + $"a window of {options.Window.TotalSeconds:0.###} s, above RequestsPerWindow ({options.RequestsPerWindow}). "
                + $"Lower RequestsPerSecond or Burst."));
        }

        void Between(string option, TimeSpan value, TimeSpan least, TimeSpan most)
        {
            if (value < least || value > most)
            {
                problems.Add($"{Path}.{option} is {value:c}. Set it between {least:c} and {most:c}.");
            }
        }
    }
}
