using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BrxSync.AspNetCore.Endpoints;

/// <summary>Maps the HTTP side of the synchronization service.</summary>
public static class BrxSyncEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps <c>/health/live</c> (the process answers), <c>/health/ready</c> (200, or 503 when a component is unhealthy) and
    /// <c>/health</c> (the same body, always 200). No exception text and no host name is shown.
    /// </summary>
    /// <param name="endpoints">The routes of the application.</param>
    /// <returns>The same routes.</returns>
    public static IEndpointRouteBuilder MapBrxSync(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        endpoints.MapGet("/health/live", () => TypedResults.Json(new LiveAnswer("alive"), HealthJson.Default.LiveAnswer));
        endpoints.MapGet("/health/ready", (HttpContext context, HealthCheckService health) => AnswerAsync(health, StatusCodes.Status503ServiceUnavailable, context.RequestAborted));
        endpoints.MapGet("/health", (HttpContext context, HealthCheckService health) => AnswerAsync(health, StatusCodes.Status200OK, context.RequestAborted));
        return endpoints;
    }

    private static async Task<JsonHttpResult<HealthAnswer>> AnswerAsync(HealthCheckService health, int failing, CancellationToken cancellationToken)
    {
        var report = await health.CheckHealthAsync(check => check.Tags.Contains("ready"), cancellationToken).ConfigureAwait(false);
        var components = report.Entries.ToDictionary(
            entry => entry.Key,
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
