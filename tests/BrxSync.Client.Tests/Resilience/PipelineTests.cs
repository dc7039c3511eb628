using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using BrxSync.Client.Errors;
using BrxSync.Client.Http;
using BrxSync.Client.Resilience;
using BrxSync.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Polly.Registry;
using Polly.Telemetry;

namespace BrxSync.Client.Tests.Resilience;

/// <summary>How the pipelines of the client sit in a host that has its own.</summary>
public sealed class PipelineTests
{
    private const string Info = """{"id":1,"user_id":2,"name":"App","shared_secret":"s"}""";
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public void GetPipeline_OfEveryClass_IsFoundByItsName()
    {
        using var client = new TestClient(new StubTransport(HttpStatusCode.OK, Info));
        var pipelines = client.Services.GetRequiredService<ResiliencePipelineProvider<string>>();

        foreach (var operationClass in Enum.GetNames<OperationClass>())
        {
            pipelines.TryGetPipeline<HttpResponseMessage>($"BrxSync.Client.{operationClass}", out _).ShouldBeTrue(operationClass);
        }
    }

    [Fact]
    public async Task GetInfoAsync_HostRemovesResilienceFromTheBuilder_IsStillRepeated()
    {
        var transport = new StubTransport((_, attempt, _) => Task.FromResult(Answer(attempt)));
#pragma warning disable EXTEXP0001 // What a host may call.
        using var client = new TestClient(transport, more: Clock, build: builder => builder.RemoveAllResilienceHandlers());
#pragma warning restore EXTEXP0001

        await _clock.RunAsync(client.Account.Account.GetInfoAsync());

        transport.Sent.Count.ShouldBe(2);
    }

    [Fact]
    public async Task GetInfoAsync_Repeated_PipelinesLogNothingThatAHostWouldSee()
    {
        using var log = new RecordingLoggerProvider(LogLevel.Information);
        using var all = new RecordingLoggerProvider(LogLevel.Debug);
        var transport = new StubTransport((_, attempt, _) => Task.FromResult(Answer(attempt)));
        using var client = new TestClient(transport, more: services =>
        {
            Clock(services);
            services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(log).AddProvider(all));
        });

        await _clock.RunAsync(client.Account.Account.GetInfoAsync());

        log.Entries.ShouldBeEmpty();
        all.Entries.ShouldContain(entry => entry.Category == "Polly");
    }

    [Fact]
    public async Task GetInfoAsync_HostListensToPipelines_HearsOfTheClients()
    {
        var listener = new RecordingListener();
        var transport = new StubTransport((_, attempt, _) => Task.FromResult(Answer(attempt)));
        using var client = new TestClient(transport, more: services =>
        {
            Clock(services);
            services.Configure<TelemetryOptions>(options => options.TelemetryListeners.Add(listener));
        });

        await _clock.RunAsync(client.Account.Account.GetInfoAsync());

        listener.Heard.ShouldContain("BrxSync.Client.Read GET /info OnRetry");
    }

    [Fact]
    public async Task Dispose_CallUnderWayAndTheClockStandsStill_WaitsForNobody()
    {
        var began = new TaskCompletionSource();
        var transport = new StubTransport((_, _, _) =>
        {
            began.SetResult();
            return new TaskCompletionSource<HttpResponseMessage>().Task;
        });
        var client = new TestClient(transport, more: Clock);
        _ = client.Account.Account.GetInfoAsync();
        await began.Task;

        await Task.Run(client.Dispose).WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Dispose_CallsWaitForAPlaceOrComeLater_FailWithAnErrorThatSaysSo()
    {
        var began = new TaskCompletionSource();
        var transport = new StubTransport((_, _, _) =>
        {
            began.SetResult();
            return new TaskCompletionSource<HttpResponseMessage>().Task;
        });
        var client = new TestClient(transport, options => options.Resilience.Read.MaxConcurrency = 1);
        var account = client.Account.Account;
        _ = account.GetInfoAsync();
        await began.Task;
        var waiting = account.GetInfoAsync();

        client.Dispose();

        foreach (var call in new[] { waiting, account.GetInfoAsync() })
        {
            var error = await Should.ThrowAsync<CardTraderException>(call);
            error.Message.ShouldBe("GET /info was not sent: the host of the client has ended. Try again later.");
            (error.IsTransient, error.IsOutcomeUnknown).ShouldBe((true, false));
        }
    }

    [Fact]
    public async Task Circuits_ObservedWhileTheHostEnds_FailNobody()
    {
        using var client = new TestClient(new StubTransport(HttpStatusCode.OK, Info));
        await client.Account.Account.GetInfoAsync();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "brx.cardtrader.breaker.state")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.Start();

        await client.Services.GetRequiredService<ResiliencePipelineRegistry<string>>().DisposeAsync();

        listener.RecordObservableInstruments();
        client.Services.GetRequiredService<CardTraderHealth>().OpenCircuits.ShouldBeEmpty();
    }

    private static HttpResponseMessage Answer(int attempt) =>
        attempt == 1 ? StubTransport.Answer(HttpStatusCode.InternalServerError, "") : StubTransport.Answer(HttpStatusCode.OK, Info);

    private void Clock(IServiceCollection services) => services.AddSingleton<TimeProvider>(_clock);

    private sealed class RecordingListener : TelemetryListener
    {
        public ConcurrentQueue<string> Heard { get; } = [];

        public override void Write<TResult, TArgs>(in TelemetryEventArguments<TResult, TArgs> args) =>
            Heard.Enqueue($"{args.Source.PipelineName} {args.Context.OperationKey} {args.Event.EventName}");
    }
}
