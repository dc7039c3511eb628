using System.ComponentModel.DataAnnotations;

namespace BrxSync.Sync.Changes.Blueprints;

/// <summary>How long it is believed which properties a blueprint allows, and of how many blueprints that is kept in memory.</summary>
public sealed class BlueprintPropertyOptions
{
    /// <summary>
    /// Gets or sets of how many blueprints the properties are kept in memory, about 200 bytes each. What was not used for longest makes
    /// room; the store keeps it.
    /// </summary>
    /// <value>Default 50,000.</value>
    [Range(1, 10_000_000)]
    public int MaxEntries { get; set; } = 50_000;

    /// <summary>Gets or sets how long the properties of a blueprint are believed before they are read again.</summary>
    /// <value>Default 24 hours.</value>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromHours(24);

    /// <summary>
    /// Gets or sets how old they must be for a refusal by CardTrader to have them read again. Younger ones are taken for right, so that a
    /// change that is refused for ever does not ask for ever.
    /// </summary>
    /// <value>Default 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan DoubtAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets or sets how long to leave a blueprint or an expansion alone that could not be read.</summary>
    /// <value>Default 15 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromMinutes(15);
}
