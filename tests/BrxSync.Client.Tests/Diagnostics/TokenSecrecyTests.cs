using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using BrxSync.Client.Errors;
using BrxSync.Client.Http;
using BrxSync.Client.RateLimiting;
using BrxSync.Client.Tests.Resilience;
using BrxSync.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BrxSync.Client.Tests.Diagnostics;

/// <summary>Feeds a marked token through every path, good and bad, and searches everything that leaves the client for it.</summary>
public sealed class TokenSecrecyTests : IDisposable
{
    private const string Mark = "marked-secret-token";
    private readonly ConcurrentQueue<string> _seen = new();
    private readonly ConcurrentDictionary<string, bool> _sources = new();
    private readonly ActivityListener _activities;
    private readonly MeterListener _meters = new();
    private readonly ManualTimeProvider _clock = new();

    public TokenSecrecyTests()
    {
        _activities = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => Note(
                "span " + activity.Source.Name,
                activity.DisplayName,
                activity.StatusDescription,
                string.Join(' ', activity.TagObjects),
                string.Join(' ', activity.Baggage),
                string.Join(' ', activity.Events.SelectMany(one => one.Tags))),
        };
        ActivitySource.AddActivityListener(_activities);
        _meters.InstrumentPublished = (instrument, listener) => listener.EnableMeasurementEvents(instrument);
        _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => NoteMeasurement(instrument, tags));
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => NoteMeasurement(instrument, tags));
        _meters.SetMeasurementEventCallback<int>((instrument, value, tags, _) => NoteMeasurement(instrument, tags));
        _meters.Start();
    }

    public static TheoryData<int, string> Answers()
    {
        var echo = $"the header 'Authorization: Bearer {TestClient.TokenText}' was refused";
        var data = new TheoryData<int, string>
        {
            { 200, """{"id":1,"shared_secret":"s3cr3t-key"}""" }, { 200, string.Empty }, { 200, "{" }, { 204, string.Empty },
        };
        foreach (var status in new[] { 200, 302, 400, 401, 403, 404, 409, 422, 429, 500, 503 })
        {
            data.Add(status, echo);
            data.Add(status, $"<html><title>{echo}</title><p>{echo}</p></html>");
            data.Add(status, "{\"error_code\":\"" + TestClient.TokenText + "\",\"request_id\":\"" + TestClient.TokenText
                + "\",\"errors\":{\"" + TestClient.TokenText
                + "\":[\"" + echo + "\"]},\"extra\":{\"message\":\"" + echo + "\"},\"error\":\"" + echo + "\"}");
        }

        return data;
    }

    public void Dispose()
    {
        _activities.Dispose();
        _meters.Dispose();
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task AnyCall_WhateverIsAnswered_NeverShowsTheToken(int status, string body)
    {
        using var client = Client(new StubTransport((HttpStatusCode)status, body));

        await CallEverythingAsync(client);

        Search();
        _sources.Keys.ShouldContain("span BrxSync.Client");
        _sources.Keys.ShouldContain("meter BrxSync.Client");
        _sources.Keys.ShouldContain("log BrxSync.Client.Http.CallHandler");
    }

    [Fact]
    public async Task AnyCall_ConnectionFailsTimesOutOrStalls_NeverShowsTheToken()
    {
        Func<CancellationToken, Task<HttpResponseMessage>>[] ways =
        [
            _ => throw new HttpRequestException(HttpRequestError.ConnectionError, "refused"),
            _ => throw new HttpRequestException(HttpRequestError.ResponseEnded, "ended"),
            token =>
            {
                var never = new TaskCompletionSource<HttpResponseMessage>();
                token.Register(() => never.TrySetCanceled(token));
                return never.Task;
            },
            _ => Task.FromResult(StubTransport.Answer(new ChunkedStream("[{\"id\":"u8.ToArray(), 5, _ => throw new IOException("reset")))),
        ];
        foreach (var way in ways)
        {
            using var client = Client(new StubTransport((_, _, token) => way(token)));
            await CallEverythingAsync(client);
        }

        Search();
    }

    [Fact]
    public void Token_PrintedInAnyWay_ShowsItsFingerprint()
    {
        var token = new CardTraderToken(TestClient.TokenText);

        $"{token} {token.Fingerprint} {System.Text.Json.JsonSerializer.Serialize(token)}".ShouldNotContain(Mark);
        Should.Throw<ArgumentException>(() => new CardTraderToken(TestClient.TokenText + "é")).ToString().ShouldNotContain(Mark);
    }

    private async Task CallEverythingAsync(TestClient client)
    {
        var account = client.Account;
        await TryAsync(() => account.Account.GetInfoAsync());
        await TryAsync(() => account.Catalog.ListGamesAsync());
        await TryAsync(() => account.Catalog.StreamBlueprintsAsync(new ExpansionId(1)).ToListAsync().AsTask());
        await TryAsync(() => account.Inventory.StreamExportAsync().ToListAsync().AsTask());
        foreach (var operationClass in Enum.GetValues<OperationClass>().Where(one => one != OperationClass.Export))
        {
            await TryAsync(() => client.CallAsync(operationClass));
        }

        _meters.RecordObservableInstruments();
    }

    private async Task TryAsync(Func<Task> call)
    {
        try
        {
            await Task.Run(() => _clock.RunAsync(call()));
        }
        catch (Exception exception)
        {
            exception.ShouldBeAssignableTo<CardTraderException>();
            Note("exception", exception.ToString(), string.Join(
                ' ', exception.Data.Values.Cast<object>()), ((CardTraderException)exception).Details.ToString(),
                string.Join(' ', ((CardTraderException)exception).Errors));
        }
    }

    private void Search() => _seen.ShouldAllBe(
        text => !text.Contains(Mark, StringComparison.OrdinalIgnoreCase) && !text.Contains("s3cr3t-key", StringComparison.Ordinal));

    private void Note(string source, params string?[] texts)
    {
        _sources[source] = true;
        _seen.Enqueue(source + ": " + string.Join(" | ", texts));
    }

    private void NoteMeasurement(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        Note("meter " + instrument.Meter.Name, instrument.Name, string.Join(' ', tags.ToArray()));

    private TestClient Client(StubTransport transport) => new(
        transport,
        options => options.Resilience.Throttling.BlockedPause = TimeSpan.Zero,
        services =>
        {
            services.AddSingleton<TimeProvider>(_clock);
            services.AddSingleton<IRateLimiter>(new RecordingLimiter());
            services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new NotingProvider(this)));
        });

    private sealed class NotingProvider(TokenSecrecyTests test) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => new NotingLogger(test, categoryName);

        public void Dispose()
        {
            // Nothing is held.
        }
    }

    private sealed class NotingLogger(TokenSecrecyTests test, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            test.Note("scope " + category, Convert.ToString(state, CultureInfo.InvariantCulture));
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            test.Note(
                "log " + category,
                formatter(state, exception),
                exception?.ToString(),
                string.Join(' ', state as IEnumerable<KeyValuePair<string, object?>> ?? []));
    }
}
