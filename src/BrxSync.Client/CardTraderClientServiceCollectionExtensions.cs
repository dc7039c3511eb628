using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using BrxSync.Client;
using BrxSync.Client.Diagnostics;
using BrxSync.Client.Http;
using BrxSync.Client.RateLimiting;
using BrxSync.Client.Resilience;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the CardTrader client.</summary>
public static class CardTraderClientServiceCollectionExtensions
{
    /// <summary>Makes the rate limiter that is used unless there is another: what may be put in its place is told by this.</summary>
    internal static Func<IServiceProvider, IRateLimiter> DefaultRateLimiter { get; } = static provider => new InProcessRateLimiter(
        provider.GetRequiredService<IOptions<CardTraderClientOptions>>().Value.RateLimiter,
        provider.GetRequiredService<TimeProvider>());

    /// <summary>Adds <see cref="ICardTraderClient"/> and everything it needs. Calling it again only adds settings.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="configure">Changes the settings.</param>
    /// <returns>
    /// The builder of the HTTP client, to which a host may add handlers of its own. Handlers set for all clients of the
    /// host do not apply to it.
    /// </returns>
    public static IHttpClientBuilder AddCardTraderClient(
        this IServiceCollection services, Action<CardTraderClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<CardTraderClientOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<CardTraderClientOptions>, CardTraderClientOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CardTraderClientOptions>, CardTraderClientOptionsRules>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.TryAddSingleton<ClientTelemetry>();
        services.TryAddSingleton<CallPolicies>();
        services.TryAddSingleton<TrafficPause>();
        services.TryAddSingleton(provider => new CardTraderHealth(
            provider.GetRequiredService<CallPolicies>(), provider.GetRequiredService<TrafficPause>()));
        services.TryAddTransient<CallHandler>();
        services.TryAddTransient<PolicyHandler>();
        services.TryAddTransient<AttemptHandler>();
        services.TryAddSingleton(DefaultRateLimiter);
        services.TryAddSingleton<EndpointFactory>();
        var builder = services.AddHttpClient(EndpointFactory.HttpClientName);
        if (services.Any(service => service.ServiceType == typeof(ICardTraderClient)))
        {
            return builder;
        }

        services.AddSingleton<ICardTraderClient, CardTraderClient>();
        CallPipelines.AddTo(services);

        // Filters come to their turn from the last to the first: whatever the host adds, in whatever order, is there
        // when this one arranges it.
        services.Insert(0, ServiceDescriptor.Singleton<IHttpMessageHandlerBuilderFilter, PipelineOrder>());
        return builder

            // What a host sets for all its clients, it has not chosen for this one: its retries and time limits would only get in the way.
            .ConfigureAdditionalHttpMessageHandlers((handlers, _) => handlers.Clear())
            .ConfigureHttpClient(ConfigureClient)
            .UseSocketsHttpHandler((handler, _) =>
            {
                handler.AutomaticDecompression = DecompressionMethods.GZip;
                handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
                handler.ConnectTimeout = TimeSpan.FromSeconds(15);
                handler.AllowAutoRedirect = false;
                handler.UseCookies = false;

                // Trace ids and baggage of the host are no business of the marketplace.
                handler.ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator();
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
    }

    /// <summary>Adds <see cref="ICardTraderClient"/> with the settings of a configuration section.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="configuration">A section whose keys are the names of <see cref="CardTraderClientOptions"/>.</param>
    /// <returns>
    /// The builder of the HTTP client, to which a host may add handlers of its own. Handlers set for all clients of the
    /// host do not apply to it.
    /// </returns>
    public static IHttpClientBuilder AddCardTraderClient(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<CardTraderClientOptions>()
            .Configure(_ => ConfiguredDurations.Require(
                configuration, CardTraderClientOptions.Durations, Options.Options.DefaultName, typeof(CardTraderClientOptions)))
            .Bind(configuration);
        return services.AddCardTraderClient();
    }

    private static void ConfigureClient(IServiceProvider services, HttpClient client)
    {
        var options = services.GetRequiredService<IOptions<CardTraderClientOptions>>().Value;
        client.BaseAddress = options.Address;
        client.DefaultRequestHeaders.UserAgent.Add(ProductInfoHeaderValue.Parse(options.UserAgent));
    }
}
