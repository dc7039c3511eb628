using System.Diagnostics.CodeAnalysis;
using BrxSync.Sync;
using BrxSync.Sync.Feed;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers handlers of the stock feed.</summary>
public static class StockFeedServiceCollectionExtensions
{
    /// <summary>
    /// Hands every change of the stock to a handler: the entries of each account's journal in order, at least once, from a cursor that
    /// outlives the process. The jobs of BrxSync.Hosting run it.
    /// </summary>
    /// <typeparam name="THandler">The handler. A class is registered as scoped, unless it is registered already.</typeparam>
    /// <param name="services">The services of the host.</param>
    /// <param name="name">
    /// The name of the feed, which its cursors are stored under: 1 to 64 letters, digits, hyphens, dots and underscores. A new name begins
    /// anew.
    /// </param>
    /// <param name="configure">Sets the options, or null.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentException">The name cannot be that of a feed.</exception>
    /// <exception cref="InvalidOperationException">There is a feed of this name already.</exception>
    public static IServiceCollection AddStockFeed<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(
        this IServiceCollection services, string name, Action<StockFeedOptions>? configure = null)
        where THandler : class, IStockFeedHandler
    {
        ArgumentNullException.ThrowIfNull(services);
        StockFeedRegistration.Checked(name, nameof(name));
        if (services.Any(service => service.ImplementationInstance is StockFeedRegistration feed
            && string.Equals(feed.Name, name, StringComparison.OrdinalIgnoreCase)))
        {
            throw new InvalidOperationException($"There are two feeds of the name '{name}': give each handler a name of its own.");
        }

        services.AddSingleton(new StockFeedRegistration(name, typeof(THandler)));
        if (typeof(THandler) is { IsInterface: false, IsAbstract: false })
        {
            services.TryAddScoped<THandler>();
        }

        var options = services.AddOptions<StockFeedOptions>(name).ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        return services;
    }
}
