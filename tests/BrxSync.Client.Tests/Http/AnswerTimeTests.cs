using System.Net;
using BrxSync.Client.Errors;
using BrxSync.Client.RateLimiting;
using BrxSync.Client.Tests.Resilience;
using BrxSync.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Client.Tests.Http;

public sealed class AnswerTimeTests
{
    private const string Ok = """{"id":1}""";
    private static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);
    private readonly ManualTimeProvider _clock = new();
    private readonly List<AnswerTime> _told = [];
    private readonly List<AnswerTime> _toldOfAll = [];

    [Fact]
    public async Task WithAnswerObserver_AnswerIsDelayed_TellsOfSendingAndHeadAlone()
    {
        // Two seconds until the head, five more until the body ends, and three before for the rate limiter.
        var limiter = new RecordingLimiter(_ => Pass(3, true));
        using var client = Client(
            (_, _, _) => Pass(2, StubTransport.Answer(new ChunkedStream("{\"id\":1}"u8.ToArray(), 4, _ => new ValueTask<int>(Pass(5, 0))))),
            limiter);
        _clock.Advance(TimeSpan.FromSeconds(100));

        await Observed(client).Account.GetInfoAsync();

        var answer = _told.ShouldHaveSingleItem();
        _clock.GetElapsedTime(0, answer.SentTimestamp).ShouldBe(TimeSpan.FromSeconds(103));
        _clock.GetElapsedTime(0, answer.HeadTimestamp).ShouldBe(TimeSpan.FromSeconds(105));
        _clock.GetElapsedTime(answer.HeadTimestamp).ShouldBe(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task WithAnswerObserver_PlaceInFlightIsWaitedFor_DoesNotCountTheWait()
    {
        var first = new TaskCompletionSource<HttpResponseMessage>();
        using var client = Client(
            (_, attempt, _) => attempt == 1 ? first.Task : Pass(2, Answer(200)),
            configure: options => options.Resilience.Read.MaxConcurrency = 1);
        var blocking = client.Account.Account.GetInfoAsync();
        var waiting = Observed(client).Account.GetInfoAsync();

        _clock.Advance(TimeSpan.FromSeconds(7));
        first.SetResult(Answer(200));
        await blocking;
        await waiting;

        var answer = _told.ShouldHaveSingleItem();
        _clock.GetElapsedTime(0, answer.SentTimestamp).ShouldBe(TimeSpan.FromSeconds(7));
        _clock.GetElapsedTime(0, answer.HeadTimestamp).ShouldBe(TimeSpan.FromSeconds(9));
    }

    [Fact]
    public async Task WithAnswerObserver_WallClockIsSetMeanwhile_PlaysNoPart()
    {
        using var client = Client((_, _, _) =>
        {
            _clock.StepWallClock(TimeSpan.FromHours(-3));
            return Pass(2, Answer(200, date: Noon));
        });
        _clock.StepWallClock(TimeSpan.FromDays(400));

        await Observed(client).Account.GetInfoAsync();

        _told.ShouldBe([new AnswerTime { SentTimestamp = 0, HeadTimestamp = TimeSpan.TicksPerSecond * 2, Date = Noon }]);
    }

    [Fact]
    public async Task WithAnswerObserver_AttemptsAreRepeated_TellsOfTheLastAlone()
    {
        using var client = Client((_, attempt, _) => attempt switch
        {
            1 => Pass(1, Answer(503, date: Noon)),
            2 => throw new HttpRequestException(HttpRequestError.ResponseEnded),
            3 => Pass(1, Answer(200, "<html>", date: Noon.AddSeconds(1))),
            4 => Pass(1, Answer(429, date: Noon.AddSeconds(2))),
            _ => Pass(2, Answer(200, date: Noon.AddSeconds(90))),
        });

        await RunAsync(() => Observed(client).Account.GetInfoAsync());

        var answer = _told.ShouldHaveSingleItem();
        answer.Date.ShouldBe(Noon.AddSeconds(90));
        _clock.GetElapsedTime(answer.SentTimestamp, answer.HeadTimestamp).ShouldBe(TimeSpan.FromSeconds(2));
        _clock.GetElapsedTime(answer.HeadTimestamp).ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task WithAnswerObserver_LastAttemptIsRefusedToo_TellsOfIt()
    {
        using var client = Client((_, attempt, _) => Pass(1, Answer(503, date: Noon.AddSeconds(attempt))));

        await Should.ThrowAsync<CardTraderException>(() => RunAsync(() => Observed(client).Account.GetInfoAsync()));

        _told.ShouldHaveSingleItem().Date.ShouldBe(Noon.AddSeconds(4));
    }

    [Fact]
    public async Task WithAnswerObserver_NoAnswerAtAll_IsNotTold()
    {
        using var client = Client((_, _, _) => throw new HttpRequestException(HttpRequestError.ConnectionError));

        await Should.ThrowAsync<CardTraderException>(() => RunAsync(() => Observed(client).Account.GetInfoAsync()));

        _told.ShouldBeEmpty();
    }

    [Fact]
    public async Task WithAnswerObserver_FindGetsNotFound_IsToldToo()
    {
        using var client = Client((_, _, _) => Pass(1, Answer(404, date: Noon)));

        (await Observed(client).Orders.FindAsync(new OrderId(5))).ShouldBeNull();
        (await Observed(client).Inventory.FindAsync(new ProductId(6))).ShouldBeNull();

        _told.Select(answer => answer.Date).ShouldBe([Noon, Noon]);
        _told.ShouldAllBe(answer => answer.HeadTimestamp - answer.SentTimestamp == TimeSpan.TicksPerSecond);
    }

    [Theory]
    [InlineData("17", 17)]
    [InlineData("0", 0)]
    [InlineData("-5", 0)]
    [InlineData("soon", 0)]
    [InlineData("99999999999999999999", 0)]
    [InlineData("", 0)]
    [InlineData(null, 0)]
    public async Task WithAnswerObserver_Age_IsReadOrZero(string? header, int seconds)
    {
        using var client = Client((_, _, _) =>
        {
            var answer = Answer(200);
            if (header is not null)
            {
                answer.Headers.TryAddWithoutValidation("Age", header).ShouldBeTrue();
            }

            return Task.FromResult(answer);
        });

        await Observed(client).Account.GetInfoAsync();

        _told.ShouldHaveSingleItem().Age.ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    [Theory]
    [InlineData("Mon, 05 Jan 2026 12:00:00 GMT", true)]
    [InlineData("noon", false)]
    [InlineData(null, false)]
    public async Task WithAnswerObserver_Date_IsReadOrNull(string? header, bool isRead)
    {
        using var client = Client((_, _, _) =>
        {
            var answer = Answer(200);
            if (header is not null)
            {
                answer.Headers.TryAddWithoutValidation("Date", header).ShouldBeTrue();
            }

            return Task.FromResult(answer);
        });

        await Observed(client).Account.GetInfoAsync();

        _told.ShouldHaveSingleItem().Date.ShouldBe(isRead ? Noon : null);
    }

    [Fact]
    public async Task WithAnswerObserver_StreamedAnswer_IsToldBeforeTheBodyArrives()
    {
        var body = new ChunkedStream("[{\"id\":1,\"name\":\"A\"}"u8.ToArray(), 3, _ => throw new IOException("broken"));
        using var client = Client((_, _, _) => Pass(2, StubTransport.Answer(body)));

        await Should.ThrowAsync<CardTraderException>(
            async () => await Observed(client).Catalog.StreamBlueprintsAsync(new ExpansionId(5)).ToListAsync());

        _told.ShouldHaveSingleItem().HeadTimestamp.ShouldBe(TimeSpan.TicksPerSecond * 2);
    }

    [Fact]
    public async Task OpenExportAsync_AnyAnswer_CarriesWhatItsObserverIsTold()
    {
        using var client = Client((_, _, _) => Pass(2, Answer(200, "[]", Noon, TimeSpan.FromSeconds(30))));

        await using var export = await Observed(client).Inventory.OpenExportAsync();
        _told.ShouldHaveSingleItem().ShouldBe(export.AnswerTime);
        await export.ReadRowsAsync().ToListAsync();

        export.AnswerTime.ShouldBe(
            new AnswerTime { SentTimestamp = 0, HeadTimestamp = TimeSpan.TicksPerSecond * 2, Date = Noon, Age = TimeSpan.FromSeconds(30) });
        _told.Count.ShouldBe(1);
    }

    [Fact]
    public async Task WithAnswerObserver_OnAnObservedAccount_TellsBothAndLeavesTheOthersAlone()
    {
        var order = new List<string>();
        using var client = Client((_, _, _) => Task.FromResult(Answer(200)));
        var plain = client.Account;
        var first = plain.WithAnswerObserver(_ => order.Add("first"));
        var both = first.WithAnswerObserver(_ => order.Add("second"));

        await plain.Account.GetInfoAsync();
        order.ShouldBeEmpty();
        await first.Account.GetInfoAsync();
        order.ShouldBe(["first"]);
        await both.Account.GetInfoAsync();

        order.ShouldBe(["first", "first", "second"]);
    }

    [Fact]
    public void WithAnswerObserver_None_IsRefused()
    {
        using var client = Client((_, _, _) => Task.FromResult(Answer(200)));

        Should.Throw<ArgumentNullException>(() => client.Account.WithAnswerObserver(null!));
    }

    [Theory]
    [InlineData(200, false)]
    [InlineData(404, false)]
    [InlineData(200, true)]
    public async Task WithAnswerObserver_ObserverThrows_ReachesTheCallerAndEndsTheAnswer(int status, bool isStreamed)
    {
        var body = new ChunkedStream("[]"u8.ToArray(), 2);
        var transport = new StubTransport((_, _, _) =>
        {
            var answer = StubTransport.Answer(body);
            answer.StatusCode = (HttpStatusCode)status;
            return Task.FromResult(answer);
        });
        using var client = Client(transport);
        var inventory = client.Account.WithAnswerObserver(_ => throw new InvalidOperationException("observer")).Inventory;

        var error = await Should.ThrowAsync<InvalidOperationException>(
            () => isStreamed ? inventory.OpenExportAsync() : inventory.IncrementAsync(new ProductId(1), -1));

        error.Message.ShouldBe("observer");
        body.Disposed.ShouldBeTrue();
        transport.Sent.Count.ShouldBe(1);
    }

    [Fact]
    public async Task OnAnswer_AnswersToAnyAccount_IsToldOfAllAlsoWithoutDate()
    {
        using var client = Client((_, attempt, _) => Pass(1, Answer(200, date: attempt == 1 ? null : Noon)));

        await client.Client.ForToken(new CardTraderToken("first")).Account.GetInfoAsync();
        await client.Client.ForToken(new CardTraderToken("second")).Account.GetInfoAsync();

        _toldOfAll.Select(answer => answer.Date).ShouldBe([null, Noon]);
    }

    [Fact]
    public async Task OnAnswer_ObserverOfTheCallerThrows_IsToldNevertheless()
    {
        using var client = Client((_, _, _) => Task.FromResult(Answer(200)));
        var account = client.Account.WithAnswerObserver(_ => throw new InvalidOperationException("observer"));

        await Should.ThrowAsync<InvalidOperationException>(() => account.Account.GetInfoAsync());

        _toldOfAll.Count.ShouldBe(1);
    }

    private static HttpResponseMessage Answer(int status, string body = Ok, DateTimeOffset? date = null, TimeSpan? age = null)
    {
        var answer = StubTransport.Answer((HttpStatusCode)status, body);
        answer.Headers.Date = date;
        answer.Headers.Age = age;
        return answer;
    }

    private Task<T> Pass<T>(int seconds, T result)
    {
        _clock.Advance(TimeSpan.FromSeconds(seconds));
        return Task.FromResult(result);
    }

    private ICardTraderAccount Observed(TestClient client) => client.Account.WithAnswerObserver(_told.Add);

    // Away from the synchronization context of the test: then what a timer wakes runs inside the timer, before the clock goes on.
    private Task RunAsync(Func<Task> call) => Task.Run(() => _clock.RunAsync(call()));

    private TestClient Client(
        Func<HttpRequestMessage, int, CancellationToken, Task<HttpResponseMessage>> answer,
        IRateLimiter? limiter = null,
        Action<CardTraderClientOptions>? configure = null) => Client(new StubTransport(answer), limiter, configure);

    private TestClient Client(StubTransport transport, IRateLimiter? limiter = null, Action<CardTraderClientOptions>? configure = null) =>
        new(transport, configure, services =>
        {
            services.AddSingleton<TimeProvider>(_clock);
            services.AddSingleton(limiter ?? new RecordingLimiter());
            services.AddSingleton<IAnswerObserver>(new Observer(_toldOfAll.Add));
        });

    private sealed class Observer(Action<AnswerTime> tell) : IAnswerObserver
    {
        public void OnAnswer(AnswerTime answer) => tell(answer);
    }
}
