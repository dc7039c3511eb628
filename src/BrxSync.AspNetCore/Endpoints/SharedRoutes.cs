using BrxSync.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BrxSync.AspNetCore.Endpoints;

/// <summary>
/// Sees to it that no route of the host is replaced unseen: routing prefers ours, which name their method, to one that answers every
/// method, and fails in the request where both name it.
/// </summary>
internal static partial class SharedRoutes
{
    /// <summary>Refuses to map what is mapped already.</summary>
    public static void Require(IEndpointRouteBuilder endpoints, string prefix, IEnumerable<string> paths)
    {
        var mapped = endpoints.DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Where(AnswersGet).ToArray();
        var taken = paths.Select(path => Normal(prefix + path))
            .Where(path => mapped.Any(endpoint => string.Equals(PathOf(endpoint), path, StringComparison.OrdinalIgnoreCase)))
            .ToArray();
        if (taken.Length > 0)
        {
            throw new InvalidOperationException(
                $"MapBrxSync() would map {string.Join(", ", taken)}, which is mapped already. "
                + "Give it a prefix, such as MapBrxSync(\"/brxsync\"), or a group, or call it once.");
        }
    }

    /// <summary>Tells, once the host has started, of routes that were mapped after ours, or outside of our group.</summary>
    public static void Watch(IServiceProvider services)
    {
        if (services.GetService<IHostApplicationLifetime>() is { } lifetime)
        {
            lifetime.ApplicationStarted.Register(() => Report(services));
        }
    }

    private static void Report(IServiceProvider services)
    {
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("BrxSync.AspNetCore.Endpoints");
        var all = services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(AnswersGet).ToLookup(
            endpoint => endpoint.Metadata.GetMetadata<Mark>() is not null);
        foreach (var path in all[true].Select(PathOf).Intersect(all[false].Select(PathOf), StringComparer.OrdinalIgnoreCase))
        {
            Log.RouteTaken(logger, path);
        }
    }

    private static bool AnswersGet(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is not { HttpMethods: { Count: > 0 } methods }
        || methods.Contains("GET", StringComparer.OrdinalIgnoreCase);

    private static string PathOf(RouteEndpoint endpoint) => Normal(endpoint.RoutePattern.RawText ?? string.Empty);

    private static string Normal(string path) => "/" + path.Trim('/');

    /// <summary>Marks a route as ours.</summary>
    internal sealed class Mark
    {
        public static Mark Instance { get; } = new();
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.RouteTaken, LogLevel.Error,
            "Both this application and MapBrxSync() map {Path}: only one of them can answer. Give MapBrxSync() a prefix, such as /brxsync, or a group")]
        public static partial void RouteTaken(ILogger logger, string path);
    }
}
