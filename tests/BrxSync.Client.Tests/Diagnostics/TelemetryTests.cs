using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using BrxSync.Client.Errors;
using BrxSync.Client.RateLimiting;
using BrxSync.Client.Resilience;
using BrxSync.Client.Tests.Resilience;
using BrxSync.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Client.Tests.Diagnostics;

public sealed class TelemetryTests : IDisposable
{
    private readonly ConcurrentQueue<Activity> _activities = new();
    private readonly ConcurrentQueue<(string Name, double Value, Dictionary<string, object?> Tags)> _measurements = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly ActivitySource _test = new("test");
    private readonly ActivityListener _listener;

    public TelemetryTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "BrxSync.Client" or "test",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = _activities.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _test.Dispose();
    }

    [Fact]
    public async Task SendAsync_RepeatedCall_IsOneSpanNamedByItsRoute()
    {
        using var client = Client(new StubTransport(
            (_, attempt, _) => Task.FromResult(StubTransport.Answer(attempt == 1 ? (HttpStatusCode)503 : HttpStatusCode.OK, "{}"))));

        var span = await TraceAsync(() => client.Endpoints().LookAsync(12345, CancellationToken.None));

        span.DisplayName.ShouldBe("GET /products/{id}");
        span.Kind.ShouldBe(ActivityKind.Client);
        span.Status.ShouldBe(ActivityStatusCode.Unset);
        span.GetTagItem("url.template").ShouldBe("/products/{id}");
        span.GetTagItem("http.response.status_code").ShouldBe(200);
        span.GetTagItem("http.request.resend_count").ShouldBe(1);
        span.TagObjects.ShouldAllBe(tag => !tag.Value!.ToString()!.Contains("12345", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SendAsync_RefusedCall_IsASpanWithItsError()
    {
        using var client = Client(new StubTransport(HttpStatusCode.NotFound, """{"error_code":"not_found"}"""));

        var span = await TraceAsync(
            () => Should.ThrowAsync<CardTraderException>(() => client.Endpoints().LookAsync(1, CancellationToken.None)));

        span.Status.ShouldBe(ActivityStatusCode.Error);
        span.GetTagItem("error.type").ShouldBe("404");
    }

    [Fact]
    public async Task SendAsync_BusyThenDown_IsMeasured()
    {
        using var client = Client(
            new StubTransport((_, attempt, _) => Task.FromResult(
                StubTransport.Answer(attempt == 1 ? HttpStatusCode.TooManyRequests : HttpStatusCode.BadGateway, "{}"))),
            options => options.Resilience.CircuitBreaker.MinimumThroughput = 5);
        using var meters = Listen(client);

        await Task.Run(
            () => Should.ThrowAsync<CardTraderException>(_clock.RunAsync(client.Endpoints().LookAsync(1, CancellationToken.None))));
        meters.RecordObservableInstruments();

        Sum("brx.cardtrader.throttled", "endpoint", "GET /products/{id}").ShouldBe(1);
        Sum("brx.cardtrader.retries", "reason", "429").ShouldBe(1);
        Sum("brx.cardtrader.retries", "reason", "502").ShouldBe(3);
        Sum("brx.cardtrader.breaker.failures", "error.type", "502").ShouldBe(4);
        Sum("brx.cardtrader.limiter.permits", "outcome", "granted").ShouldBe(5);
        Sum("brx.cardtrader.breaker.state", "operation.class", "Read").ShouldBe(1);
        Sum("brx.cardtrader.breaker.state", "operation.class", "Write").ShouldBe(0);
        var duration = _measurements.Single(one => one.Name == "http.client.request.duration");
        duration.Value.ShouldBeGreaterThan(10);
        duration.Tags["url.template"].ShouldBe("/products/{id}");
        duration.Tags["http.response.status_code"].ShouldBe(502);
        client.Services.GetRequiredService<CardTraderHealth>().OpenCircuits.ShouldBe(["Read"]);
        client.Services.GetRequiredService<CardTraderHealth>().IsDegraded.ShouldBeTrue();
    }

    [Fact]
    public async Task Health_CallWasBlocked_SaysHowLongCallsPause()
    {
        using var client = Client(new StubTransport(HttpStatusCode.Forbidden, "<html></html>", "text/html"));
        var health = client.Services.GetRequiredService<CardTraderHealth>();
        health.IsDegraded.ShouldBeFalse();

        await Should.ThrowAsync<CardTraderException>(() => client.Account.Account.GetInfoAsync());

        health.PausedFor.ShouldBe(TimeSpan.FromMinutes(2));
        health.IsDegraded.ShouldBeTrue();
    }

    [Fact]
    public async Task ForToken_TwoHandlesOfOneToken_ShareOneLimiter()
    {
        using var client = new TestClient(new StubTransport(HttpStatusCode.OK, """{"id":1}"""));

        await client.Account.Account.GetInfoAsync();
        await client.Account.Account.GetInfoAsync();

        var state = await client.Services.GetRequiredService<IRateLimiter>()
            .GetStateAsync(new CardTraderToken(TestClient.TokenText).Fingerprint);
        var unused = await client.Services.GetRequiredService<IRateLimiter>().GetStateAsync("unused");
        state.ToString().ShouldNotBe(unused.ToString());
    }

    private async Task<Activity> TraceAsync(Func<Task> call)
    {
        using var root = _test.StartActivity("root")!;
        await Task.Run(() => _clock.RunAsync(call()));
        return _activities.Single(activity => activity.TraceId == root.TraceId && activity.Source.Name == "BrxSync.Client");
    }

    private double Sum(string name, string tag, string value) =>
        _measurements.Where(one => one.Name == name && one.Tags.TryGetValue(tag, out var found) && (string?)found == value)
            .Sum(one => one.Value);

    private MeterListener Listen(TestClient client)
    {
        var factory = client.Services.GetRequiredService<IMeterFactory>();
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                // Other tests have meters of the same name, made by other factories.
                if (instrument.Meter.Name == "BrxSync.Client" && ReferenceEquals(instrument.Meter.Scope, factory))
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        _ = client.Client;
        listener.Start();
        return listener;
    }

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _measurements.Enqueue(
            (instrument.Name, value, tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value, StringComparer.Ordinal)));

    private TestClient Client(
        StubTransport transport, Action<CardTraderClientOptions>? configure = null) => new(transport, configure, services =>
    {
        services.AddSingleton<TimeProvider>(_clock);
        services.AddSingleton<IRateLimiter>(new RecordingLimiter());
    });
}
