using System.Diagnostics;
using System.Diagnostics.Metrics;
using BrxSync.Client.Http;
using BrxSync.Client.RateLimiting;
using Polly.CircuitBreaker;

namespace BrxSync.Client.Diagnostics;

/// <summary>Records what the client does. Tags are bounded: route templates and classes, never an id, an address or a token.</summary>
internal sealed class ClientTelemetry
{
    private static readonly InstrumentAdvice<double> CallSeconds = new()
    {
        HistogramBucketBoundaries = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 180],
    };

    private readonly Meter _meter;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _limiterWait;
    private readonly Counter<long> _permits;
    private readonly Counter<long> _throttled;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _failures;

    public ClientTelemetry(IMeterFactory meters)
    {
        _meter = meters.Create(new MeterOptions(CardTraderDiagnostics.Name));
        _duration = _meter.CreateHistogram(
            "http.client.request.duration", "s", "Duration of a call to CardTrader with all its attempts.", [], CallSeconds);
        _limiterWait = _meter.CreateHistogram(
            "brx.cardtrader.limiter.wait", "s", "Time an attempt waited for a slot of the rate limiter.", [], CallSeconds);
        _permits = _meter.CreateCounter<long>("brx.cardtrader.limiter.permits", "{permit}", "Slots asked of the rate limiter, by outcome.");
        _throttled = _meter.CreateCounter<long>("brx.cardtrader.throttled", "{response}", "Answers with status 429.");
        _retries = _meter.CreateCounter<long>("brx.cardtrader.retries", "{retry}", "Attempts that were repeated, by reason.");
        _failures = _meter.CreateCounter<long>(
            "brx.cardtrader.breaker.failures", "{failure}", "Attempts that count against a circuit, by kind of error.");
    }

    /// <summary>Starts the span of a call, if anybody listens.</summary>
    public static Activity? Start(ApiCall call, Uri server)
    {
        var activity = CardTraderDiagnostics.Source.StartActivity(call.Name, ActivityKind.Client);
        if (activity is not null)
        {
            activity.SetTag("http.request.method", call.Method.Method);
            activity.SetTag("url.template", call.Route);
            activity.SetTag("server.address", server.Host);
        }

        return activity;
    }

    public void Finished(ApiCall call, TimeSpan duration, int? status, string? error)
    {
        var tags = new TagList { { "http.request.method", call.Method.Method }, { "url.template", call.Route } };
        if (status is not null)
        {
            tags.Add("http.response.status_code", status);
        }

        if (error is not null)
        {
            tags.Add("error.type", error);
        }

        _duration.Record(duration.TotalSeconds, tags);
    }

    public void Leased(ApiCall call, RateLimitLease? lease)
    {
        if (lease is null)
        {
            _permits.Add(1, Tag("outcome", "refused"));
            return;
        }

        _permits.Add(1, Tag("outcome", lease.Waited > TimeSpan.Zero ? "waited" : "granted"));
        _limiterWait.Record(lease.Waited.TotalSeconds, Tag("operation.class", call.Class.ToString()));
    }

    public void Throttled(ApiCall call) => _throttled.Add(1, Tag("endpoint", call.Name));

    public void Retried(ApiCall call, string reason) =>
        _retries.Add(1, Tag("operation.class", call.Class.ToString()), Tag("reason", reason));

    public void Failed(string error) => _failures.Add(1, Tag("error.type", error));

    /// <summary>Publishes the state of every circuit: 0 closed, 1 open, 2 half-open.</summary>
    public void ObserveCircuits(Func<IEnumerable<(OperationClass Class, CircuitState State)>> circuits) => _meter.CreateObservableGauge(
        "brx.cardtrader.breaker.state",
        () => circuits().Select(circuit => new Measurement<int>(Number(circuit.State), Tag("operation.class", circuit.Class.ToString()))),
        "{state}",
        "State of the circuit of each class of calls: 0 closed, 1 open, 2 half-open.");

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);

    private static int Number(CircuitState state) => state switch
    {
        CircuitState.Closed => 0,
        CircuitState.HalfOpen => 2,
        _ => 1,
    };
}
