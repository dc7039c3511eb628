using System.Net;
using BrxSync.Client.Errors;
using BrxSync.Client.Http;
using BrxSync.Client.RateLimiting;
using BrxSync.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Client.Tests.Resilience;

public sealed class ResilienceHandlerTests
{
    private const string Ok = """{"id":1}""";
    private const string Html = "<!DOCTYPE html><p>Down for maintenance</p>";
    private readonly ManualTimeProvider _clock = new();

    public static TheoryData<int> RepeatableClasses =>
        [(int)OperationClass.Read, (int)OperationClass.Export, (int)OperationClass.Write, (int)OperationClass.JobPoll];

    [Theory]
    [MemberData(nameof(RepeatableClasses))]
    public async Task SendAsync_RepeatableCallFailsInAnyPassingWay_IsRepeated(int operationClass)
    {
        Func<HttpResponseMessage>[] failures =
        [
            () => Answer(500), () => Answer(502, Html), () => Answer(503, "queue full"), () => Answer(504), () => Answer(408),
            () => Answer(200, Html),
            () => throw new HttpRequestException(HttpRequestError.ConnectionError),
            () => throw new HttpRequestException(HttpRequestError.ResponseEnded),

            // The body of an export is not waited for.
            .. operationClass == (int)OperationClass.Export ? [] : new[] { BreakOff },
        ];
        foreach (var failure in failures)
        {
            var transport = new StubTransport((_, attempt, _) => Task.FromResult(attempt == 1 ? failure() : Answer(200, Ok)));
            using var client = Client(transport);

            await RunAsync(client, (OperationClass)operationClass);

            transport.Sent.Count.ShouldBe(2);
        }
    }

    [Theory]
    [InlineData(OperationClassName.Read, 4)]
    [InlineData(OperationClassName.Export, 3)]
    [InlineData(OperationClassName.Write, 4)]
    [InlineData(OperationClassName.NonRepeatableWrite, 1)]
    [InlineData(OperationClassName.JobPoll, 6)]
    public async Task SendAsync_ServerErrorForEver_EndsAfterTheRetriesOfItsClass(OperationClassName operationClass, int attempts)
    {
        var transport = new StubTransport(_ => Answer(503, "queue full"));
        using var client = Client(transport);

        var error = await Should.ThrowAsync<CardTraderException>(() => RunAsync(client, (OperationClass)operationClass));

        transport.Sent.Count.ShouldBe(attempts);
        error.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        error.IsTransient.ShouldBeTrue();
        error.IsOutcomeUnknown.ShouldBe(operationClass is OperationClassName.Write or OperationClassName.NonRepeatableWrite);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(422)]
    public async Task SendAsync_RequestIsRefused_IsNeverRepeated(int status)
    {
        var transport = new StubTransport(_ => Answer(status, """{"error_code":"x","errors":[]}"""));
        using var client = Client(transport);

        var error = await Should.ThrowAsync<CardTraderException>(() => RunAsync(client, OperationClass.Read));

        transport.Sent.Count.ShouldBe(1);
        error.IsTransient.ShouldBeFalse();
    }

    [Fact]
    public async Task SendAsync_NotRepeatableAndConnectionRefused_IsRepeated()
    {
        var transport = new StubTransport((_, attempt, _) =>
            Task.FromResult(attempt == 1 ? throw new HttpRequestException(HttpRequestError.ConnectionError) : Answer(200, Ok)));
        using var client = Client(transport);

        await RunAsync(client, OperationClass.NonRepeatableWrite);

        transport.Sent.Count.ShouldBe(2);
    }

    [Fact]
    public async Task SendAsync_NotRepeatableAndNeverConnected_IsKnownNotToHaveHappened()
    {
        var transport = new StubTransport(_ => throw new HttpRequestException(HttpRequestError.NameResolutionError));
        using var client = Client(transport);

        var error = await Should.ThrowAsync<CardTraderException>(() => RunAsync(client, OperationClass.NonRepeatableWrite));

        transport.Sent.Count.ShouldBe(3);
        error.IsOutcomeUnknown.ShouldBeFalse();
        error.IsTransient.ShouldBeTrue();
    }

    [Fact]
    public async Task SendAsync_NotRepeatableAndAnswerLost_IsSentOnceAndInDoubt()
    {
        Func<HttpResponseMessage>[] failures =
        [
            () => Answer(500), () => Answer(502), () => Answer(503), () => Answer(504), () => Answer(200, Html),
            () => Answer(200, string.Empty),
            () => throw new HttpRequestException(HttpRequestError.ResponseEnded),
            () => throw new HttpRequestException(HttpRequestError.Unknown),
            () => StubTransport.Answer(
                new ChunkedStream("{\"id\""u8.ToArray(), 9, _ => throw new HttpIOException(HttpRequestError.ResponseEnded))),
            () => StubTransport.Answer(new ChunkedStream("{\"id\""u8.ToArray(), 9)),
        ];
        foreach (var failure in failures)
        {
            var transport = new StubTransport(_ => failure());
            using var client = Client(transport);

            var error = await Should.ThrowAsync<CardTraderException>(() => RunAsync(client, OperationClass.NonRepeatableWrite));

            transport.Sent.Count.ShouldBe(1);
            error.IsOutcomeUnknown.ShouldBeTrue(error.Message);
            error.Message.ShouldContain("read the state");
        }
    }

    [Fact]
    public async Task SendAsync_NotRepeatableAndNoAnswerInTime_IsSentOnceAndInDoubt()
    {
        var transport = new StubTransport(HangAsync);
        using var client = Client(transport);
        var started = _clock.GetUtcNow();

        var error = await Should.ThrowAsync<CardTraderTimeoutException>(() => RunAsync(client, OperationClass.NonRepeatableWrite));

        transport.Sent.Count.ShouldBe(1);
        error.IsOutcomeUnknown.ShouldBeTrue();
        (_clock.GetUtcNow() - started).ShouldBe(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task SendAsync_ExportWithoutAnswer_IsGivenUpAfter180SecondsAndRepeated()
    {
        var transport = new StubTransport(
            (request, attempt, token) => attempt == 1 ? HangAsync(request, attempt, token) : Task.FromResult(Answer(200, Ok)));
        using var client = Client(transport);
        var started = _clock.GetUtcNow();

        await RunAsync(client, OperationClass.Export);

        transport.Sent.Count.ShouldBe(2);
        (_clock.GetUtcNow() - started).ShouldBeInRange(TimeSpan.FromSeconds(180), TimeSpan.FromSeconds(182));
    }

    [Fact]
    public async Task SendAsync_EveryClassRefusedByTheRateLimit_IsRepeated()
    {
        foreach (var operationClass in Enum.GetValues<OperationClass>())
        {
            var transport = new StubTransport((_, attempt, _) => Task.FromResult(
                attempt == 1 ? Answer(429, """{"error":"Too many requests: max 1 request per second"}""") : Answer(200, Ok)));
            using var client = Client(transport);
            var started = _clock.GetUtcNow();

            await RunAsync(client, operationClass);

            transport.Sent.Count.ShouldBe(2);
            (_clock.GetUtcNow() - started).ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1.5));
        }
    }

    [Fact]
    public async Task SendAsync_RefusedForEver_EndsWithinItsBudget()
    {
        var transport = new StubTransport(_ => Answer(429, """{"error":"Too many requests: max 200 requests per 10 seconds"}"""));
        using var client = Client(transport);
        var started = _clock.GetUtcNow();

        var error = await Should.ThrowAsync<CardTraderRateLimitException>(() => RunAsync(client, OperationClass.Read));

        (_clock.GetUtcNow() - started).ShouldBeInRange(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(90));
        transport.Sent.Count.ShouldBeInRange(6, 11);
        error.RetryAfter.ShouldBeInRange(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(15));
        error.IsTransient.ShouldBeTrue();
        error.IsOutcomeUnknown.ShouldBeFalse();
        error.Message.ShouldContain("max 200 requests per 10 seconds");
    }

    [Theory]
    [InlineData("7", 7, 7)]
    [InlineData("7.5", 7.5, 7.5)]
    [InlineData("86400", 60, 60)]
    [InlineData("Mon, 05 Jan 2026 12:00:09 GMT", 9, 9)]
    [InlineData("Mon, 05 Jan 2026 18:00:00 GMT", 60, 60)]
    [InlineData("inf", 10, 15)]
    [InlineData("NaN", 10, 15)]
    [InlineData("1e9", 10, 15)]
    [InlineData("-5", 10, 15)]
    [InlineData("0", 10, 15)]
    [InlineData("soon", 10, 15)]
    [InlineData("", 10, 15)]
    [InlineData("Mon, 05 Jan 2015 12:00:00 GMT", 10, 15)]
    public async Task SendAsync_RetryAfter_IsHonouredWhenSaneAndCutOrIgnoredWhenNot(string header, double least, double most)
    {
        var transport = new StubTransport((_, attempt, _) =>
        {
            var response = Answer(attempt == 1 ? 429 : 200, Ok);
            response.Headers.TryAddWithoutValidation("Retry-After", header);
            return Task.FromResult(response);
        });
        using var client = Client(transport);
        var started = _clock.GetUtcNow();

        await RunAsync(client, OperationClass.Read);

        (_clock.GetUtcNow() - started).TotalSeconds.ShouldBeInRange(least - 0.001, most + 0.001);
    }

    [Fact]
    public async Task SendAsync_BlockedByAProxy_PausesAllCallsThenGoesOn()
    {
        var transport = new StubTransport((_, attempt, _) =>
            Task.FromResult(attempt == 1
                ? StubTransport.Answer(HttpStatusCode.Forbidden, "<title>Just a moment...</title>", "text/html")
                : Answer(200, Ok)));
        using var client = Client(transport);

        var blocked = await Should.ThrowAsync<CardTraderException>(() => RunAsync(client, OperationClass.Read));
        var paused = await Should.ThrowAsync<CardTraderException>(() => RunAsync(client, OperationClass.Write));

        blocked.ShouldBeOfType<CardTraderException>();
        blocked.IsTransient.ShouldBeTrue();
        paused.IsTransient.ShouldBeTrue();
        paused.IsOutcomeUnknown.ShouldBeFalse();
        paused.Message.ShouldContain("was not sent");
        transport.Sent.Count.ShouldBe(1);
        _clock.Advance(TimeSpan.FromSeconds(121));
        await RunAsync(client, OperationClass.Read);
        transport.Sent.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(3)]
    public async Task SendAsync_WallClockSteppedInAPause_PausesForItsLength(int hours)
    {
        var transport = new StubTransport((_, attempt, _) =>
            Task.FromResult(attempt == 1
                ? StubTransport.Answer(HttpStatusCode.Forbidden, "<title>Just a moment...</title>", "text/html")
                : Answer(200, Ok)));
        using var client = Client(transport, options => options.Resilience.Throttling.BlockedPause = TimeSpan.FromHours(1));
        await Should.ThrowAsync<CardTraderException>(() => RunAsync(client, OperationClass.Read));

        _clock.StepWallClock(TimeSpan.FromHours(hours));

        _clock.Advance(TimeSpan.FromMinutes(50));
        await Should.ThrowAsync<CardTraderException>(() => RunAsync(client, OperationClass.Read));
        _clock.Advance(TimeSpan.FromMinutes(11));
        await RunAsync(client, OperationClass.Read);
        transport.Sent.Count.ShouldBe(2);
    }

    [Fact]
    public async Task SendAsync_UnauthorizedWithoutErrorCode_IsSentOnceAndHoldsNobodyBack()
    {
        var transport = new StubTransport((_, attempt, _) =>
            Task.FromResult(
                attempt == 1 ? StubTransport.Answer(HttpStatusCode.Unauthorized, "<p>Sign in</p>", "text/html") : Answer(200, Ok)));
        using var client = Client(transport);

        var error = await Should.ThrowAsync<CardTraderException>(() => RunAsync(client, OperationClass.NonRepeatableWrite));
        await RunAsync(client, OperationClass.Read);

        error.IsOutcomeUnknown.ShouldBeFalse();
        transport.Sent.Count.ShouldBe(2);
    }

    [Fact]
    public async Task SendAsync_ForbiddenWithErrorCode_StopsThisSellerAlone()
    {
        var transport = new StubTransport(
            (_, attempt, _) => Task.FromResult(attempt == 1 ? Answer(403, """{"error_code":"application_disabled"}""") : Answer(200, Ok)));
        using var client = Client(transport);

        await Should.ThrowAsync<CardTraderAuthenticationException>(() => RunAsync(client, OperationClass.Read));
        await RunAsync(client, OperationClass.Read);

        transport.Sent.Count.ShouldBe(2);
    }

    [Fact]
    public async Task SendAsync_MostCallsOfAClassFail_OpensItsCircuitAloneAndClosesItAgain()
    {
        var down = true;
        var transport = new StubTransport(_ => down ? Answer(503) : Answer(200, Ok));
        using var client = Client(transport, options =>
        {
            // Longer than all the time that two calls may take.
            options.Resilience.CircuitBreaker.MinimumThroughput = 8;
            options.Resilience.CircuitBreaker.SamplingDuration = TimeSpan.FromHours(1);
            options.Resilience.CircuitBreaker.BreakDuration = TimeSpan.FromHours(1);
        });
        for (var i = 0; i < 2; i++)
        {
            await Should.ThrowAsync<CardTraderException>(() => RunAsync(client, OperationClass.Read));
        }

        var sent = transport.Sent.Count;
        var error = await Should.ThrowAsync<CardTraderException>(() => RunAsync(client, OperationClass.Read));

        sent.ShouldBe(8);
        transport.Sent.Count.ShouldBe(sent);
        error.IsTransient.ShouldBeTrue();
        error.Message.ShouldContain("was not sent");
        down = false;
        await RunAsync(client, OperationClass.Write);
        transport.Sent.Count.ShouldBe(sent + 1);
        _clock.Advance(TimeSpan.FromMinutes(61));
        await RunAsync(client, OperationClass.Read);
        transport.Sent.Count.ShouldBe(sent + 2);
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(3)]
    public async Task SendAsync_WallClockSteppedWhileACircuitIsOpen_ClosesItAfterItsTime(int hours)
    {
        var down = true;
        var transport = new StubTransport(_ => down ? Answer(503) : Answer(200, Ok));
        using var client = Client(transport, options =>
        {
            options.Resilience.CircuitBreaker.MinimumThroughput = 4;
            options.Resilience.CircuitBreaker.SamplingDuration = TimeSpan.FromHours(1);
            options.Resilience.CircuitBreaker.BreakDuration = TimeSpan.FromHours(1);
        });
        await Should.ThrowAsync<CardTraderException>(() => RunAsync(client, OperationClass.Read));
        transport.Sent.Count.ShouldBe(4);
        down = false;

        _clock.StepWallClock(TimeSpan.FromHours(hours));

        _clock.Advance(TimeSpan.FromMinutes(50));
        await Should.ThrowAsync<CardTraderException>(() => RunAsync(client, OperationClass.Read));
        _clock.Advance(TimeSpan.FromMinutes(11));
        await RunAsync(client, OperationClass.Read);
        transport.Sent.Count.ShouldBe(5);
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(3)]
    public async Task SendAsync_RetryAfterIsADateAndOurClockIsWrong_IsCountedFromTheAnswersOwn(int hours)
    {
        var server = _clock.GetUtcNow().AddHours(hours);
        var transport = new StubTransport((_, attempt, _) =>
        {
            var response = Answer(attempt == 1 ? 429 : 200, Ok);
            response.Headers.Date = server;
            response.Headers.TryAddWithoutValidation("Retry-After", server.AddSeconds(25).ToString("r"));
            return Task.FromResult(response);
        });
        using var client = Client(transport);
        var started = _clock.GetTimestamp();

        await RunAsync(client, OperationClass.Read);

        _clock.GetElapsedTime(started).TotalSeconds.ShouldBe(25, 0.001);
    }

    [Fact]
    public async Task SendAsync_BulkFillsItsPlaces_HighPriorityStillGoesThrough()
    {
        var transport = new StubTransport(
            (request, attempt, token) => attempt <= 2 ? HangAsync(request, attempt, token) : Task.FromResult(Answer(200, Ok)));
        using var client = Client(transport, options => options.Resilience.Read.MaxConcurrency = 2);
        using var cancellation = new CancellationTokenSource();
        var bulk = Enumerable.Range(0, 5).Select(_ => Task.Run(() => CallAsync(client, OperationClass.Read, cancellation.Token))).ToList();
        while (transport.Sent.Count < 2)
        {
            await Task.Yield();
        }

        await client.Endpoints(RateLimitPriority.High).ReadAsync(CancellationToken.None);

        transport.Sent.Count.ShouldBe(3);
        bulk.ShouldAllBe(task => !task.IsCompleted);
        await cancellation.CancelAsync();
        foreach (var task in bulk)
        {
            await Should.ThrowAsync<OperationCanceledException>(task);
        }
    }

    [Fact]
    public async Task SendAsync_LongWaitForTheRateLimit_DoesNotCountAgainstTheTotalTime()
    {
        var limiter = new RecordingLimiter(async token =>
        {
            await Task.Delay(TimeSpan.FromHours(1), _clock, token);
            return true;
        });
        using var client = Client(new StubTransport(_ => Answer(200, Ok)), limiter: limiter);

        await RunAsync(client, OperationClass.Read);

        (_clock.GetUtcNow() - _clock.Start).ShouldBe(TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task SendAsync_TotalTimeIsOver_Ends()
    {
        var transport = new StubTransport(HangAsync);
        using var client = Client(transport, options => options.Resilience.Read.TotalTimeout = TimeSpan.FromSeconds(45));
        var started = _clock.GetUtcNow();

        var error = await Should.ThrowAsync<CardTraderTimeoutException>(() => RunAsync(client, OperationClass.Read));

        (_clock.GetUtcNow() - started).ShouldBe(TimeSpan.FromSeconds(45));
        error.IsOutcomeUnknown.ShouldBeFalse();
        transport.Sent.Count.ShouldBe(2);
    }

    [Fact]
    public async Task SendAsync_QueueOfTheLimiterIsFull_IsNotSent()
    {
        var transport = new StubTransport(_ => Answer(200, Ok));
        using var client = Client(transport, limiter: new RecordingLimiter(_ => Task.FromResult(false)));

        var error = await Should.ThrowAsync<CardTraderException>(() => RunAsync(client, OperationClass.NonRepeatableWrite));

        transport.Sent.ShouldBeEmpty();
        error.IsTransient.ShouldBeTrue();
        error.IsOutcomeUnknown.ShouldBeFalse();
    }

    [Fact]
    public async Task SendAsync_CallerGivesUpWhileWaitingForTheLimiter_IsCancelledAndNotSent()
    {
        var transport = new StubTransport(_ => Answer(200, Ok));
        using var client = Client(transport, limiter: new RecordingLimiter(async token =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            return true;
        }));
        using var cancellation = new CancellationTokenSource();

        var call = CallAsync(client, OperationClass.Read, cancellation.Token);
        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(call);
        transport.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task SendAsync_EveryAttempt_TakesASlotAndSaysWhatBecameOfIt()
    {
        var limiter = new RecordingLimiter();
        var transport = new StubTransport((request, attempt, token) => attempt switch
        {
            1 => throw new HttpRequestException(HttpRequestError.ConnectionError),
            2 => Task.FromResult(Answer(429, """{"error":"Too many requests: max 1 request per second"}""")),
            3 => HangAsync(request, attempt, token),
            4 => Task.FromResult(Answer(503)),
            _ => Task.FromResult(Answer(200, Ok)),
        });
        using var client = Client(transport, limiter: limiter);

        await Task.Run(() => _clock.RunAsync(client.Endpoints(RateLimitPriority.High).PollAsync("1")));

        limiter.Requests.Count.ShouldBe(5);
        limiter.Requests.ShouldAllBe(request =>
            request == new RateLimitRequest(
                new CardTraderToken(TestClient.TokenText).Fingerprint, RateLimitBucket.Jobs, RateLimitPriority.High));
        limiter.Outcomes.ShouldBe(
            [
                RateLimitOutcome.NotSent,
                RateLimitOutcome.Refused(RateLimitBucket.Jobs),
                RateLimitOutcome.Lost,
                RateLimitOutcome.Answered,
                RateLimitOutcome.Answered,
            ]);
    }

    [Fact]
    public async Task SendAsync_BodyAboveTheLimit_IsRefused()
    {
        using var client = Client(
            new StubTransport(_ => Answer(200, "{\"id\":\"" + new string('x', 5000) + "\"}")), options => options.MaxResponseBytes = 4096);

        var error = await Should.ThrowAsync<CardTraderResponseException>(() => client.Account.Account.GetInfoAsync());

        error.Kind.ShouldBe(ResponseFaultKind.TooLarge);
    }

    [Fact]
    public async Task ReadRowsAsync_BodyStopsArriving_TimesOut()
    {
        var stream = new ChunkedStream("[{\"id\":1"u8.ToArray(), 4, token =>
        {
            var never = new TaskCompletionSource<int>();
            token.Register(() => never.TrySetCanceled(token));
            return new ValueTask<int>(never.Task);
        });
        using var client = Client(new StubTransport(_ => StubTransport.Answer(stream)));
        await using var export = await client.Account.Inventory.OpenExportAsync();

        var error = await Should.ThrowAsync<CardTraderTimeoutException>(
            () => Task.Run(() => _clock.RunAsync(export.ReadRowsAsync().ToListAsync().AsTask())));

        (_clock.GetUtcNow() - _clock.Start).ShouldBe(TimeSpan.FromSeconds(60));
        error.IsOutcomeUnknown.ShouldBeFalse();
    }

    private static HttpResponseMessage BreakOff() => StubTransport.Answer(
        new ChunkedStream("{\"id\""u8.ToArray(), 9, _ => throw new HttpIOException(HttpRequestError.ResponseEnded)));

    private static HttpResponseMessage Answer(int status, string body = "{}") => StubTransport.Answer((HttpStatusCode)status, body);

    // Ends in the very call that cancels it, so that a clock that runs from timer to timer cannot overtake it.
    private static Task<HttpResponseMessage> HangAsync(HttpRequestMessage request, int attempt, CancellationToken cancellationToken)
    {
        var never = new TaskCompletionSource<HttpResponseMessage>();
        cancellationToken.Register(() => never.TrySetCanceled(cancellationToken));
        return never.Task;
    }

    private static async Task CallAsync(TestClient client, OperationClass operationClass, CancellationToken cancellationToken = default)
    {
        var answer = await client.CallAsync(operationClass, cancellationToken);
        answer.GetProperty("id").GetInt32().ShouldBe(1);
    }

    private TestClient Client(StubTransport transport, Action<CardTraderClientOptions>? configure = null, IRateLimiter? limiter = null) =>
        new(transport, configure, services =>
        {
            services.AddSingleton<TimeProvider>(_clock);
            services.AddSingleton(limiter ?? new RecordingLimiter());
        });

    // Away from the synchronization context of the test: then what a timer wakes runs inside the timer, before the clock goes on.
    private Task RunAsync(TestClient client, OperationClass operationClass) =>
        Task.Run(() => _clock.RunAsync(CallAsync(client, operationClass)));
}

/// <summary>The classes of calls under a public name, for test data.</summary>
public enum OperationClassName
{
    Read = (int)OperationClass.Read,
    Export = (int)OperationClass.Export,
    Write = (int)OperationClass.Write,
    NonRepeatableWrite = (int)OperationClass.NonRepeatableWrite,
    JobPoll = (int)OperationClass.JobPoll,
}
