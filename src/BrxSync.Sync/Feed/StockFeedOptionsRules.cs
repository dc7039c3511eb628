using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BrxSync.Sync.Feed;

/// <summary>Checks what the options of a feed mean together, and that its handler can be had.</summary>
internal sealed class StockFeedOptionsRules(IEnumerable<StockFeedRegistration> feeds, IServiceProviderIsService? services = null)
    : IValidateOptions<StockFeedOptions>
{
    public ValidateOptionsResult Validate(string? name, StockFeedOptions options)
    {
        var faults = new List<string>();
        if (options.RetryMaxDelay < options.RetryDelay)
        {
            faults.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"StockFeed {name}: RetryMaxDelay is {options.RetryMaxDelay}, which is less than RetryDelay, {options.RetryDelay}: make it at least as long."));
        }

        foreach (var feed in feeds.Where(feed => string.Equals(feed.Name, name, StringComparison.Ordinal)))
        {
            if (services?.IsService(feed.HandlerType) == false)
            {
                faults.Add($"StockFeed {name}: the handler {feed.HandlerType} is not registered: add it to the services.");
            }
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
