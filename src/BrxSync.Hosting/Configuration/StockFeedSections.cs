using BrxSync.Client;
using BrxSync.Sync.Feed;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace BrxSync.Hosting.Configuration;

/// <summary>Takes the options of each feed from the section of its name.</summary>
internal sealed class StockFeedSections(IConfigurationSection feeds) : IConfigureNamedOptions<StockFeedOptions>
{
    private static readonly string[] Durations =
        [nameof(StockFeedOptions.HandlerTimeout), nameof(StockFeedOptions.RetryDelay), nameof(StockFeedOptions.RetryMaxDelay)];

    public void Configure(StockFeedOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, StockFeedOptions options)
    {
        if (!string.IsNullOrEmpty(name))
        {
            var section = feeds.GetSection(name);
            ConfiguredDurations.Require(section, Durations, name, typeof(StockFeedOptions));
            section.Bind(options);
        }
    }
}
