using System.Text.Json.Serialization;
using BrxSync.AspNetCore.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the HTTP side of the synchronization service.</summary>
public static class BrxSyncEndpointRouteBuilderExtensions
{
    private const string Live = "/health/live";
    private const string Ready = "/health/ready";
    private const string Health = "/health";

    /// <summary>How the names of our health checks begin, among those of the host.</summary>
    private const string OwnChecks = "brxsync-";

    /// <summary>
    /// Maps <c>/health/live</c> (the process answers), <c>/health/ready</c> (200, or 503 when a component is unhealthy) and
    /// <c>/health</c> (the same body, always 200). They tell of the synchronization service alone, not of the host's own checks. No
    /// exception text and no host name is shown.
    /// </summary>
    /// <param name="endpoints">The routes of the application, or a group of them.</param>
    /// <param name="prefix">What to put before these paths, such as <c>/brxsync</c>, where the application has such paths itself.</param>
    /// <returns>The same routes.</returns>
    /// <exception cref="InvalidOperationException">
    /// One of the paths is mapped already. One that is mapped afterwards is logged as an error when the application has started.
    /// </exception>
    public static IEndpointRouteBuilder MapBrxSync(this IEndpointRouteBuilder endpoints, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(prefix);
        SharedRoutes.Require(endpoints, prefix, [Live, Ready, Health]);
        var group = endpoints.MapGroup(prefix).WithMetadata(SharedRoutes.Mark.Instance);
        group.MapGet(Live, () => TypedResults.Json(new LiveAnswer("alive"), HealthJson.Default.LiveAnswer));
        group.MapGet(Ready, (HttpContext context, HealthCheckService health) => AnswerAsync(
            health, StatusCodes.Status503ServiceUnavailable, context.RequestAborted));
        group.MapGet(
            Health,
            (HttpContext context, HealthCheckService health) => AnswerAsync(health, StatusCodes.Status200OK, context.RequestAborted));
        SharedRoutes.Watch(endpoints.ServiceProvider);
        return endpoints;
    }

    private static async Task<JsonHttpResult<HealthAnswer>> AnswerAsync(
        HealthCheckService health, int failing, CancellationToken cancellationToken)
    {
        var report = await health.CheckHealthAsync(
            check => check.Name.StartsWith(OwnChecks, StringComparison.Ordinal) && check.Tags.Contains("ready"), cancellationToken)
            .ConfigureAwait(false);
        var components = report.Entries.ToDictionary(
            entry => entry.Key[OwnChecks.Length..],
            entry => new ComponentAnswer(Text(entry.Value.Status), Message(entry.Value), (long)entry.Value.Duration.TotalMilliseconds),
            StringComparer.Ordinal);
        var version = typeof(BrxSyncEndpointRouteBuilderExtensions).Assembly.GetName().Version!.ToString(3);
        return TypedResults.Json(
            new HealthAnswer(Text(report.Status), "brx-sync", version, components),
            HealthJson.Default.HealthAnswer,
            statusCode: report.Status == HealthStatus.Unhealthy ? failing : StatusCodes.Status200OK);
    }

    /// <summary>A check that throws gives its exception's text as its description, which may name hosts and ports.</summary>
    private static string? Message(HealthReportEntry entry) => entry.Exception is null ? entry.Description : "does not answer";

    private static string Text(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Degraded => "degraded",
        _ => "unhealthy",
    };
}

/// <summary>The body of <c>/health/live</c>.</summary>
internal sealed record LiveAnswer(string Status);

/// <summary>The body of <c>/health</c> and <c>/health/ready</c>.</summary>
internal sealed record HealthAnswer(string Status, string Service, string Version, IReadOnlyDictionary<string, ComponentAnswer> Components);

/// <summary>One component of the body.</summary>
internal sealed record ComponentAnswer(string Status, string? Message, long LatencyMs);

/// <summary>The JSON of health answers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(LiveAnswer))]
[JsonSerializable(typeof(HealthAnswer))]
internal sealed partial class HealthJson : JsonSerializerContext;
