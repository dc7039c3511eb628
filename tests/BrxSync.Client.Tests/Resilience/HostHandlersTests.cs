using System.Net;
using BrxSync.Client.Errors;
using BrxSync.Client.Http;
using BrxSync.Client.RateLimiting;
using BrxSync.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Http.Resilience;

namespace BrxSync.Client.Tests.Resilience;

/// <summary>
/// Whatever a host puts around the HTTP client: what may be sent again, and how long it may take, the client alone decides.
/// </summary>
public sealed class HostHandlersTests
{
    private const string Ok = """{"id":1}""";
    private readonly ManualTimeProvider _clock = new();
    private readonly RecordingLimiter _limiter = new();

    /// <summary>Where a host can add a handler.</summary>
    public enum Place
    {
        Defaults,
        Builder,
        Primary,
        FilterBefore,
        FilterAfter,
    }

    public static TheoryData<Place> Places => [.. Enum.GetValues<Place>()];

    public static TheoryData<Place> PlacesOfResilience => [Place.Defaults, Place.Builder];

    public static TheoryData<Place, OperationClassName> PlacesAndClasses
    {
        get
        {
            var data = new TheoryData<Place, OperationClassName>();
            foreach (var place in Enum.GetValues<Place>())
            {
                foreach (var operationClass in Enum.GetValues<OperationClassName>())
                {
                    data.Add(place, operationClass);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(PlacesOfResilience))]
    public async Task IncrementAsync_AnswerLostUnderTheResilienceOfTheHost_IsSentOnceAndInDoubt(Place place)
    {
        foreach (var failure in LostAnswers)
        {
            var transport = new StubTransport(_ => failure());
            using var client = Client(
                transport, place, builder => builder.AddStandardResilienceHandler(options => options.Retry.Delay = TimeSpan.Zero));

            var error = await Should.ThrowAsync<CardTraderException>(() => client.Account.Inventory.IncrementAsync(new ProductId(7), -1));

            transport.Sent.Count.ShouldBe(1);
            error.IsOutcomeUnknown.ShouldBeTrue(error.Message);
            error.Message.ShouldContain("read the state");
        }
    }

    [Theory]
    [MemberData(nameof(PlacesOfResilience))]
    public async Task IncrementAsync_AnswerLostUnderTheHedgingOfTheHost_IsSentOnceAndInDoubt(Place place)
    {
        foreach (var failure in LostAnswers)
        {
            var transport = new StubTransport(_ => failure());
            using var client = Client(
                transport,
                place,
                builder => builder.AddStandardHedgingHandler().Configure(options => options.Hedging.Delay = TimeSpan.Zero));

            var error = await Should.ThrowAsync<CardTraderException>(() => client.Account.Inventory.IncrementAsync(new ProductId(7), -1));

            transport.Sent.Count.ShouldBe(1);
            error.IsOutcomeUnknown.ShouldBeTrue(error.Message);
        }
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task SendAsync_NotRepeatableAndTheHostRepeats_FailsAsItDoesWithoutTheHost(Place place)
    {
        foreach (var failure in LostAnswers)
        {
            using var alone = new TestClient(new StubTransport(_ => failure()));
            var expected = await Should.ThrowAsync<CardTraderException>(() => CallAsync(alone, OperationClass.NonRepeatableWrite));
            var transport = new StubTransport(_ => failure());
            using var client = Client(transport, place, () => new RepeatingHandler());

            var error = await Should.ThrowAsync<CardTraderException>(() => CallAsync(client, OperationClass.NonRepeatableWrite));

            transport.Sent.Count.ShouldBe(1);
            error.GetType().ShouldBe(expected.GetType());
            error.Message.ShouldBe(expected.Message);
            error.StatusCode.ShouldBe(expected.StatusCode);
            error.ErrorCode.ShouldBe(expected.ErrorCode);
            error.IsOutcomeUnknown.ShouldBeTrue();
        }
    }

    [Theory]
    [MemberData(nameof(PlacesAndClasses))]
    public async Task SendAsync_HostRepeats_AttemptsAndSlotsAreThoseOfTheClass(Place place, OperationClassName operationClass)
    {
        foreach (var failure in LostAnswers)
        {
            var alone = new StubTransport(_ => failure());
            using (var client = Client(alone, place, () => new RepeatingHandler(repetitions: 0)))
            {
                await Should.ThrowAsync<CardTraderException>(() => RunAsync(client, operationClass));
            }

            _limiter.Requests.Clear();
            var transport = new StubTransport(_ => failure());
            using var repeating = Client(transport, place, () => new RepeatingHandler());
            await Should.ThrowAsync<CardTraderException>(() => RunAsync(repeating, operationClass));

            transport.Sent.Count.ShouldBe(alone.Sent.Count);
            _limiter.Requests.Count.ShouldBe(alone.Sent.Count);
        }
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task SendAsync_HostRepeatsARefusal_SaysWhatTheFirstAnswerSaid(Place place)
    {
        var transport = new StubTransport(_ => StubTransport.Answer(
            HttpStatusCode.UnprocessableEntity, """{"error_code":"validation_error","errors":["no"],"request_id":"r-1"}"""));
        using var client = Client(transport, place, () => new RepeatingHandler());

        var error = await Should.ThrowAsync<CardTraderException>(() => RunAsync(client, OperationClassName.NonRepeatableWrite));

        transport.Sent.Count.ShouldBe(1);
        error.ErrorCode.ShouldBe("validation_error");
        error.RequestId.ShouldBe("r-1");
        error.Errors.Single().Text.ShouldBe("no");
        error.IsOutcomeUnknown.ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task SendAsync_HostRepeatsA429_IsRepeatedByTheClientAlone(Place place)
    {
        var transport = new StubTransport((_, attempt, _) => Task.FromResult(attempt == 1
            ? StubTransport.Answer(HttpStatusCode.TooManyRequests, """{"error":"Too many requests: max 1 request per second"}""")
            : StubTransport.Answer(HttpStatusCode.OK, Ok)));
        using var client = Client(transport, place, () => new RepeatingHandler());

        await RunAsync(client, OperationClassName.NonRepeatableWrite);

        transport.Sent.Count.ShouldBe(2);
        _limiter.Requests.Count.ShouldBe(2);
        (_clock.GetUtcNow() - _clock.Start).ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1.5));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task SendAsync_HostMakesUpAnAnswer_IsStillInDoubt(Place place)
    {
        foreach (var failure in LostAnswers)
        {
            var transport = new StubTransport(_ => failure());
            using var client = Client(transport, place, () => new ReplacingHandler(() => StubTransport.Answer(HttpStatusCode.OK, Ok)));

            var error = await Should.ThrowAsync<CardTraderException>(() => RunAsync(client, OperationClassName.NonRepeatableWrite));

            error.IsOutcomeUnknown.ShouldBeTrue();
        }
    }

    [Theory]
    [MemberData(nameof(PlacesAndClasses))]
    public async Task SendAsync_HostGivesUpSooner_TakesTheTimeOfItsClass(Place place, OperationClassName operationClass)
    {
        foreach (var forgets in new[] { false, true })
        {
            var transport = new StubTransport(async (_, _, token) =>
            {
                await Task.Delay(TimeSpan.FromSeconds(25), _clock, token);
                return StubTransport.Answer(HttpStatusCode.OK, Ok);
            });
            using var client = Client(transport, place, () => new ImpatientHandler(_clock, forgets));
            var started = _clock.GetUtcNow();

            await RunAsync(client, operationClass);

            transport.Sent.Count.ShouldBe(1);
            (_clock.GetUtcNow() - started).ShouldBe(TimeSpan.FromSeconds(25));
        }
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task SendAsync_HostGivesUpSoonerAndNoAnswerComes_EndsAfterTheTimeOfItsClass(Place place)
    {
        foreach (var forgets in new[] { false, true })
        {
            var transport = new StubTransport(HangAsync);
            using var client = Client(transport, place, () => new ImpatientHandler(_clock, forgets));
            var started = _clock.GetUtcNow();

            var error = await Should.ThrowAsync<CardTraderTimeoutException>(() => RunAsync(client, OperationClassName.NonRepeatableWrite));

            transport.Sent.Count.ShouldBe(1);
            (_clock.GetUtcNow() - started).ShouldBe(TimeSpan.FromSeconds(30));
            error.IsOutcomeUnknown.ShouldBeTrue();
        }
    }

    [Theory]
    [MemberData(nameof(PlacesOfResilience))]
    public async Task SendAsync_HostSetsTheTimeoutOfHttpClients_TakesTheTimeOfItsClass(Place place)
    {
        foreach (var operationClass in new[] { OperationClassName.NonRepeatableWrite, OperationClassName.Export })
        {
            var transport = new StubTransport(HangAsync);
            using var client = Client(
                transport, place, builder => builder.ConfigureHttpClient(http => http.Timeout = TimeSpan.FromMilliseconds(1)));
            var started = _clock.GetUtcNow();

            await Should.ThrowAsync<CardTraderTimeoutException>(() => RunAsync(client, operationClass));

            (_clock.GetUtcNow() - started).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(30));
        }
    }

    [Fact]
    public async Task SendAsync_HostRepeatsTheWholeCall_IsRefusedAndInDoubt()
    {
        foreach (var failure in LostAnswers)
        {
            var transport = new StubTransport(_ => failure());
            using var client = new TestClient(transport, build: builder => builder.Services.Insert(
                0, ServiceDescriptor.Singleton<IHttpMessageHandlerBuilderFilter>(new OuterHandlerFilter(() => new RepeatingHandler()))));

            var error = await Should.ThrowAsync<CardTraderException>(() => CallAsync(client, OperationClass.NonRepeatableWrite));

            transport.Sent.Count.ShouldBe(1);
            error.IsOutcomeUnknown.ShouldBeTrue();
            error.Message.ShouldContain("was not sent again");
        }
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task SendAsync_HostRepeatsCopiesOfTheRequest_IsSentOnceAtMost(bool withOptions, int sent)
    {
        var transport = new StubTransport(_ => StubTransport.Answer(HttpStatusCode.ServiceUnavailable, "{}"));
        using var client = Client(transport, Place.Builder, () => new CopyingHandler(withOptions));

        await Should.ThrowAsync<Exception>(() => RunAsync(client, OperationClassName.NonRepeatableWrite));

        transport.Sent.Count.ShouldBe(sent);
    }

    [Fact]
    public async Task SendAsync_HandlersOfTheHostServeTwoClients_EachSendsOnce()
    {
        var transport = new StubTransport(_ => StubTransport.Answer(HttpStatusCode.ServiceUnavailable, "{}"));
        var primary = new RepeatingHandler { InnerHandler = transport };
        using var first = new TestClient(primary);
        using var second = new TestClient(primary);

        await Should.ThrowAsync<CardTraderException>(() => CallAsync(first, OperationClass.NonRepeatableWrite));
        await Should.ThrowAsync<CardTraderException>(() => CallAsync(second, OperationClass.NonRepeatableWrite));

        transport.Sent.Count.ShouldBe(2);
    }

    [Fact]
    public async Task SendAsync_HandlerOfTheHostChangesTheRequest_IsSentChanged()
    {
        var transport = new StubTransport(HttpStatusCode.OK, Ok);
        using var client = Client(transport, Place.Builder, () => new HeaderHandler());

        await RunAsync(client, OperationClassName.Read);

        transport.Sent.Single().Headers.ShouldContain("X-Gateway: 1");
    }

    private static IReadOnlyList<Func<HttpResponseMessage>> LostAnswers { get; } =
    [
        () => throw new HttpRequestException(HttpRequestError.ResponseEnded),
        () => StubTransport.Answer(HttpStatusCode.InternalServerError, "{}"),
        () => StubTransport.Answer(HttpStatusCode.ServiceUnavailable, """{"error_code":"queue_full","errors":[]}"""),
        () => StubTransport.Answer(HttpStatusCode.GatewayTimeout, "<p>late</p>", "text/html"),
    ];

    private static Task<HttpResponseMessage> HangAsync(HttpRequestMessage request, int attempt, CancellationToken cancellationToken)
    {
        var never = new TaskCompletionSource<HttpResponseMessage>();
        cancellationToken.Register(() => never.TrySetCanceled(cancellationToken));
        return never.Task;
    }

    private static async Task CallAsync(TestClient client, OperationClass operationClass)
    {
        var answer = await client.CallAsync(operationClass);
        answer.GetProperty("id").GetInt32().ShouldBe(1);
    }

    private Task RunAsync(TestClient client, OperationClassName operationClass) =>
        Task.Run(() => _clock.RunAsync(CallAsync(client, (OperationClass)operationClass)));

    private TestClient Client(StubTransport transport, Place place, Action<IHttpClientBuilder> add) => new(
        transport,
        more: services =>
        {
            services.AddSingleton<TimeProvider>(_clock);
            services.AddSingleton<IRateLimiter>(_limiter);
            if (place == Place.Defaults)
            {
                services.ConfigureHttpClientDefaults(add);
            }
        },
        build: place == Place.Builder ? add : null);

    private TestClient Client(StubTransport transport, Place place, Func<DelegatingHandler> handler) => new(
        transport,
        more: services =>
        {
            services.AddSingleton<TimeProvider>(_clock);
            services.AddSingleton<IRateLimiter>(_limiter);
            if (place == Place.Defaults)
            {
                services.ConfigureHttpClientDefaults(defaults => defaults.AddHttpMessageHandler(handler));
            }
            else if (place == Place.FilterBefore)
            {
                services.AddSingleton<IHttpMessageHandlerBuilderFilter>(new OuterHandlerFilter(handler));
            }
        },
        build: builder =>
        {
            switch (place)
            {
                case Place.Builder:
                    builder.AddHttpMessageHandler(handler);
                    break;
                case Place.Primary:
                    builder.ConfigurePrimaryHttpMessageHandler(() =>
                    {
                        var primary = handler();
                        primary.InnerHandler = transport;
                        return primary;
                    });
                    break;
                case Place.FilterAfter:
                    builder.Services.AddSingleton<IHttpMessageHandlerBuilderFilter>(new OuterHandlerFilter(handler));
                    break;
                default:
                    break;
            }
        });

    private sealed class CopyingHandler(bool withOptions) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await base.SendAsync(Copy(request), cancellationToken);
            return await base.SendAsync(Copy(request), cancellationToken);
        }

        private HttpRequestMessage Copy(HttpRequestMessage request)
        {
            var copy = new HttpRequestMessage(request.Method, request.RequestUri);
            foreach (var option in request.Options)
            {
                if (withOptions)
                {
                    copy.Options.Set(new HttpRequestOptionsKey<object?>(option.Key), option.Value);
                }
            }

            return copy;
        }
    }

    private sealed class HeaderHandler : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Add("X-Gateway", "1");
            return base.SendAsync(request, cancellationToken);
        }
    }
}
