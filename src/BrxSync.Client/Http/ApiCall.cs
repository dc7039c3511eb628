using System.Net.Http.Headers;
using System.Text.Json;
using BrxSync.Client.RateLimiting;

namespace BrxSync.Client.Http;

/// <summary>Describes one call of the API: where it goes, what it carries, and how it may be repeated.</summary>
internal sealed record ApiCall
{
    /// <summary>The method.</summary>
    public required HttpMethod Method { get; init; }

    /// <summary>The route template, for example <c>/products/{id}</c>: what telemetry and messages show.</summary>
    public required string Route { get; init; }

    /// <summary>Path and query relative to the base address, without a leading slash, for example <c>products/12</c>.</summary>
    public required string Path { get; init; }

    /// <summary>How the call is retried, timed and limited.</summary>
    public required OperationClass Class { get; init; }

    /// <summary>The limit that counts besides the general one.</summary>
    public RateLimitBucket Bucket { get; init; }

    /// <summary>
    /// Makes the body. Called once for each call; retries send the same content again, so it must be able to serialize itself repeatedly
    /// unless the class is <see cref="OperationClass.NonRepeatableWrite"/>.
    /// </summary>
    public Func<HttpContent>? Content { get; init; }

    /// <summary>The name of the call in messages and telemetry, for example <c>GET /products/{id}</c>.</summary>
    public string Name => $"{Method.Method} {Route}";

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
}
