using BrxSync.Client.RateLimiting;

namespace BrxSync.Client.Http;

/// <summary>Describes the calls of one endpoint: what they are called, and how they may be repeated.</summary>
internal sealed class ApiCall
{
    /// <summary>Where the kind of a call travels with its request: under the name that the parameter has at every endpoint.</summary>
    public static readonly HttpRequestOptionsKey<CallKind> KindKey = new("kind");

    public ApiCall(HttpMethod method, string route, CallKind kind = CallKind.ByMethod)
    {
        Method = method;
        Route = route;
        Name = $"{method.Method} {route}";
        Class = kind switch
        {
            CallKind.Repeatable => OperationClass.Write,
            CallKind.NotRepeatable => OperationClass.NonRepeatableWrite,
            CallKind.StreamedRead or CallKind.MarketplaceRead => OperationClass.Read,
            CallKind.Export => OperationClass.Export,
            CallKind.JobPoll => OperationClass.JobPoll,
            _ when method == HttpMethod.Get => OperationClass.Read,
            _ when method == HttpMethod.Post => OperationClass.NonRepeatableWrite,
            _ => OperationClass.Write,
        };
        Bucket = kind switch
        {
            CallKind.JobPoll => RateLimitBucket.Jobs,
            CallKind.MarketplaceRead => RateLimitBucket.Marketplace,
            _ => RateLimitBucket.General,
        };
        IsStreamed = kind is CallKind.StreamedRead or CallKind.Export;
    }

    /// <summary>The method.</summary>
    public HttpMethod Method { get; }

    /// <summary>The route template, for example <c>/products/{id}</c>: what telemetry and messages show.</summary>
    public string Route { get; }

    /// <summary>The name of the call in messages and telemetry, for example <c>GET /products/{id}</c>.</summary>
    public string Name { get; }

    /// <summary>How the call is retried, timed and limited.</summary>
    public OperationClass Class { get; }

    /// <summary>The limit that counts besides the general one.</summary>
    public RateLimitBucket Bucket { get; }

    /// <summary>True when the body is read by the caller as it arrives, false when an attempt includes the whole body.</summary>
    public bool IsStreamed { get; }
}
