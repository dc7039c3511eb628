using BrxSync.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BrxSync.Hosting.Configuration;

/// <summary>Takes options from a host's configuration, and from each other.</summary>
internal static class OptionsBinding
{
    /// <summary>Binds options to their section; a duration that cannot be meant as it is written is refused before.</summary>
    public static OptionsBuilder<TOptions> BindOptions<TOptions>(this IServiceCollection services, IConfigurationSection section)
        where TOptions : class
    {
        var durations = typeof(TOptions)
            .GetProperties()
            .Where(property => (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) == typeof(TimeSpan))
            .Select(property => property.Name)
            .ToArray();
        return services.AddOptions<TOptions>()
            .Configure(_ => ConfiguredDurations.Require(section, durations, Options.DefaultName, typeof(TOptions)))
            .Bind(section);
    }

    /// <summary>
    /// Gives options to others that are made of them, or null in place of wrong ones: these are told by themselves and stop the start, and
    /// would otherwise be told again by every other that needs them.
    /// </summary>
    public static TOptions? ValueOrNull<TOptions>(this IOptions<TOptions> options)
        where TOptions : class
    {
        try
        {
            return options.Value;
        }
        catch (OptionsValidationException)
        {
            return null;
        }
    }

    /// <summary>Gives options to others that are made of them, and the defaults in place of wrong ones.</summary>
    public static TOptions ValueOrDefaults<TOptions>(this IOptions<TOptions> options)
        where TOptions : class, new() => options.ValueOrNull() ?? new TOptions();
}
