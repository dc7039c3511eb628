using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace BrxSync.Client;

/// <summary>
/// Refuses a duration that is configured as a plain number, before it is bound: to .NET it is a number of days, which hardly anybody means
/// who writes 30. One that is none at all would end as a fault of the binder, which tells nothing of the other options.
/// </summary>
internal static class ConfiguredDurations
{
    /// <summary>Looks at what a section holds.</summary>
    /// <param name="configuration">The section of the options.</param>
    /// <param name="names">The durations of the options, as paths in the section.</param>
    /// <param name="name">The name of the options.</param>
    /// <param name="options">Their type.</param>
    /// <exception cref="OptionsValidationException">A duration cannot be meant as it is written.</exception>
    public static void Require(IConfiguration configuration, IEnumerable<string> names, string name, Type options)
    {
        var faults = names.Select(path => Fault(configuration, path)).OfType<string>().ToArray();
        if (faults.Length > 0)
        {
            throw new OptionsValidationException(name, options, faults);
        }
    }

    private static string? Fault(IConfiguration configuration, string path)
    {
        var text = configuration[path]?.Trim();
        if (string.IsNullOrEmpty(text) || text == "0")
        {
            return null;
        }

        var key = configuration is IConfigurationSection section ? ConfigurationPath.Combine(section.Path, path) : path;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            var seconds = number is > 0 and < 60
                ? $" {TimeSpan.FromSeconds(number):c} for {number} {(number == 1 ? "second" : "seconds")},"
                : string.Empty;
            return $"{key} is '{text}', which would be {number} {(number is 1 or -1 ? "day" : "days")}. "
                + $"Write hours, minutes and seconds:{seconds} 00:01:00 for a minute, 1.00:00:00 for a day.";
        }

        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out _)
            ? null
            : $"{key} is '{text}', which is no duration. Write hours, minutes and seconds: 00:00:30 for 30 seconds, "
                + "00:01:00 for a minute, 1.00:00:00 for a day.";
    }
}
