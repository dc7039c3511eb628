using System.Globalization;
using Microsoft.Extensions.Options;

namespace BrxSync.Client.RateLimiting;

/// <summary>Checks what the ranges beside the options cannot say: durations, and options that contradict each other.</summary>
internal sealed class RateLimiterOptionsRules : IValidateOptions<RateLimiterOptions>
{
    public ValidateOptionsResult Validate(string? name, RateLimiterOptions options)
    {
        var faults = new List<string>();
        Between(nameof(options.Window), options.Window, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        Between(nameof(options.JobPollInterval), options.JobPollInterval, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Between(nameof(options.LeaseLifetime), options.LeaseLifetime, TimeSpan.FromSeconds(10), TimeSpan.FromHours(1));

        var perWindow = options.RequestsPerSecond * options.Window.TotalSeconds;
        if (perWindow + options.Burst > options.RequestsPerWindow)
        {
            faults.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"RequestsPerSecond is {options.RequestsPerSecond} and Burst {options.Burst}: {perWindow + options.Burst:0.#} requests in a window of {options.Window.TotalSeconds:0.###} s, above RequestsPerWindow ({options.RequestsPerWindow}). Lower RequestsPerSecond or Burst."));
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Between(string option, TimeSpan value, TimeSpan least, TimeSpan most)
        {
            if (value < least || value > most)
            {
                faults.Add($"{option} is {value:c}. Set it between {least:c} and {most:c}.");
            }
        }
    }
}
