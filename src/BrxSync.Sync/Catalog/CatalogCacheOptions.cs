using System.ComponentModel.DataAnnotations;

namespace BrxSync.Sync.Catalog;

/// <summary>How long answers of the catalogue are kept in memory, and how many.</summary>
public sealed class CatalogCacheOptions
{
    /// <summary>
    /// Gets or sets how many blueprints are kept in memory, about 100 bytes each. What was not used for longest makes room.
    /// </summary>
    /// <value>Default 250,000.</value>
    [Range(1, 10_000_000)]
    public int MaxEntries { get; set; } = 250_000;

    /// <summary>Gets or sets how long the print of a blueprint is believed.</summary>
    /// <value>Default 6 hours.</value>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan TimeToLive { get; set; } = TimeSpan.FromHours(6);

    /// <summary>
    /// Gets or sets how long an unknown blueprint is taken as unknown: this late a new print of the catalogue is noticed.
    /// </summary>
    /// <value>Default 5 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan UnknownTimeToLive { get; set; } = TimeSpan.FromMinutes(5);
}
