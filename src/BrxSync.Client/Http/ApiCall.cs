using System.Net.Http.Headers;
using System.Text.Json;
using BrxSync.Client.RateLimiting;

namespace BrxSync.Client.Http;

/// <summary>Describes one call of the API: where it goes, what it carries, and how it may be repeated.</summary>
internal sealed record ApiCall
{
    /// <summary>Where the kind of a call travels with its request: under the name that the parameter has at every endpoint.</summary>
    public static readonly HttpRequestOptionsKey<CallKind> KindKey = new("kind");

    /// <summary>The method.</summary>
    public required HttpMethod Method { get; init; }

    /// <summary>The route template, for example <c>/products/{id}</c>: what telemetry and messages show.</summary>
    public required string Route { get; init; }

    /// <summary>Path and query relative to the base address, without a leading slash, for example <c>products/12</c>.</summary>
    public string Path { get; init; } = string.Empty;

    /// <summary>How the call is retried, timed and limited.</summary>
    public required OperationClass Class { get; init; }

    /// <summary>The limit that counts besides the general one.</summary>
    public RateLimitBucket Bucket { get; init; }

    /// <summary>True when the body is read by the caller as it arrives, false when an attempt includes the whole body.</summary>
    public bool IsStreamed { get; init; }

    /// <summary>
    /// Makes the body. Called once for each call; retries send the same content again, so it must be able to serialize itself repeatedly
    /// unless the class is <see cref="OperationClass.NonRepeatableWrite"/>.
    /// </summary>
    public Func<HttpContent>? Content { get; init; }

    /// <summary>The name of the call in messages and telemetry, for example <c>GET /products/{id}</c>.</summary>
    public string Name => field ??= $"{Method.Method} {Route}";

    public static ApiCall Of(HttpMethod method, string route, CallKind kind) => new()
    {
        Method = method,
        Route = route,
        Class = kind switch
        {
            CallKind.Repeatable => OperationClass.Write,
            CallKind.NotRepeatable => OperationClass.NonRepeatableWrite,
            CallKind.StreamedRead or CallKind.MarketplaceRead => OperationClass.Read,
            CallKind.Export => OperationClass.Export,
            CallKind.JobPoll => OperationClass.JobPoll,
            _ => ByMethod(method),
        },
        Bucket = kind switch
        {
            CallKind.JobPoll => RateLimitBucket.Jobs,
            CallKind.MarketplaceRead => RateLimitBucket.Marketplace,
            _ => RateLimitBucket.General,
        },
        IsStreamed = kind is CallKind.StreamedRead or CallKind.Export,
    };

    public static ApiCall Get(string route, string path, OperationClass operationClass = OperationClass.Read) =>
        new() { Method = HttpMethod.Get, Route = route, Path = path, Class = operationClass };

    public static ApiCall Post(string route, string path, OperationClass operationClass) =>
        new() { Method = HttpMethod.Post, Route = route, Path = path, Class = operationClass };

    public static ApiCall Put(string route, string path, OperationClass operationClass = OperationClass.Write) =>
        new() { Method = HttpMethod.Put, Route = route, Path = path, Class = operationClass };

    public static ApiCall Patch(string route, string path, OperationClass operationClass = OperationClass.Write) =>
        new() { Method = HttpMethod.Patch, Route = route, Path = path, Class = operationClass };

    public static ApiCall Delete(string route, string path, OperationClass operationClass = OperationClass.Write) =>
        new() { Method = HttpMethod.Delete, Route = route, Path = path, Class = operationClass };

    /// <summary>Returns the call with a JSON object as body.</summary>
    /// <param name="write">Writes the members of the object.</param>
    public ApiCall WithObject(Action<Utf8JsonWriter> write)
    {
        var bytes = RequestJson.Write(write);
        return this with
        {
            Content = () => new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
    }

    private static OperationClass ByMethod(HttpMethod method) =>
        method == HttpMethod.Get ? OperationClass.Read
        : method == HttpMethod.Post ? OperationClass.NonRepeatableWrite
        : OperationClass.Write;
}
