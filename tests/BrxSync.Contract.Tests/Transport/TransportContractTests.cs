using System.Net;
using BrxSync.Client;
using BrxSync.Client.Errors;
using BrxSync.Client.Inventory;
using BrxSync.Contract.Tests.WireMock;
using BrxSync.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Contract.Tests.Transport;

/// <summary>What the client makes of answers that are none, and what it sends again.</summary>
public sealed class TransportContractTests(WireMockFixture server) : ContractTest(server)
{
    private static readonly ProductId Product = new(990000139);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly LimitClock clock = new(Limit);
    private int retries = 1;

    /// <summary>Answers after which nobody knows whether CardTrader executed the call.</summary>
    public static TheoryData<string> LostAnswers() =>
    [
        "500-page", "502-empty", "503-queue-full", "200-page", "200-empty", "200-cut",
        "fault-empty-response", "fault-malformed-chunk", "fault-random-data", "fault-reset", "slow-to-begin", "slow-to-arrive",
    ];

    /// <summary>Answers that say that the call was not executed and never will be.</summary>
    public static TheoryData<string, HttpStatusCode> Refusals() => new()
    {
        { "401-unauthorized", HttpStatusCode.Unauthorized },
        { "403-with-code", HttpStatusCode.Forbidden },
        { "422-fields", HttpStatusCode.UnprocessableEntity },
    };

    protected override void Configure(CardTraderClientOptions options)
    {
        options.StallTimeout = Limit;
        options.RateLimiter.Window = TimeSpan.FromSeconds(1);
        options.RateLimiter.RequestsPerWindow = 20;
        options.RateLimiter.RequestsPerSecond = 18;
        var resilience = options.Resilience;
        resilience.RetryDelay = TimeSpan.FromMilliseconds(20);
        resilience.MaxRetryDelay = TimeSpan.FromMilliseconds(50);
        resilience.Throttling.BlockedPause = TimeSpan.Zero;
        foreach (var policy in new[] { resilience.Read, resilience.Write, resilience.NonRepeatableWrite, resilience.JobPoll })
        {
            policy.AttemptTimeout = Limit;
            policy.MaxRetries = retries;
        }
    }

    protected override void Configure(IHttpClientBuilder client)
    {
        client.Services.AddSingleton<TimeProvider>(clock);
        client.AddHttpMessageHandler(() => new StoppedAnswers(clock));
        Server.AnswerHeld = clock.LetLimitsPass;
    }

    [Theory]
    [MemberData(nameof(LostAnswers))]
    public async Task NotRepeatableCall_AnswerLost_IsSentOnceAndInDoubt(string mapping)
    {
        await LoadAsync("Transport/" + mapping);

        var exception = await Should.ThrowAsync<CardTraderException>(() => Account.Inventory.IncrementAsync(Product, -1));

        exception.IsOutcomeUnknown.ShouldBeTrue(exception.Message);
        exception.Message.ShouldContain("read the state before");
        exception.ToString().ShouldNotContain(Token);
        Received.Count.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(LostAnswers))]
    public async Task ReadingCall_AnswerLost_IsRepeatedAndThenGivenUp(string mapping)
    {
        await LoadAsync("Transport/" + mapping);

        var exception = await Should.ThrowAsync<CardTraderException>(() => Account.Account.GetInfoAsync());

        exception.IsTransient.ShouldBeTrue(exception.Message);
        exception.IsOutcomeUnknown.ShouldBeFalse();
        exception.ToString().ShouldNotContain(Token);

        // A body that ended early although HTTP says it is complete is not worth a second try within the same call. The transport itself
        // repeats a read on a fresh connection when a pooled one was closed, so more than one retry may be seen.
        var least = mapping is "200-empty" or "200-cut" ? 1 : 2;
        Received.Count.ShouldBeInRange(least, least == 1 ? 1 : 8);
    }

    [Theory]
    [InlineData("slow-to-begin", typeof(CardTraderTimeoutException))]
    [InlineData("slow-to-arrive", typeof(CardTraderTimeoutException))]
    [InlineData("fault-malformed-chunk", typeof(CardTraderResponseException))]
    [InlineData("200-page", typeof(CardTraderResponseException))]
    [InlineData("200-empty", typeof(CardTraderResponseException))]
    [InlineData("200-cut", typeof(CardTraderResponseException))]
    [InlineData("200-other-shape", typeof(CardTraderResponseException))]
    [InlineData("fault-reset", typeof(CardTraderException))]
    [InlineData("fault-empty-response", typeof(CardTraderException))]
    [InlineData("fault-random-data", typeof(CardTraderException))]
    [InlineData("503-queue-full", typeof(CardTraderException))]
    public async Task AnyCall_NoUsableAnswer_ThrowsTheTypeThatSaysWhy(string mapping, Type type)
    {
        retries = 0;
        await LoadAsync("Transport/" + mapping);

        var exception = await Should.ThrowAsync<CardTraderException>(() => Account.Account.GetInfoAsync());

        exception.GetType().ShouldBe(type, exception.Message);
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task AnyCall_Refused_IsNeverRepeated(string mapping, HttpStatusCode status)
    {
        await LoadAsync("Transport/" + mapping);

        var exception = await Should.ThrowAsync<CardTraderException>(() => Account.Account.GetInfoAsync());

        exception.StatusCode.ShouldBe(status);
        exception.IsTransient.ShouldBeFalse();
        exception.RequestId.ShouldBe("0f0e0d0c-0000-4000-8000-000000000002");
        (exception is CardTraderAuthenticationException).ShouldBe(status != HttpStatusCode.UnprocessableEntity);
        Received.Count.ShouldBe(1);
    }

    [Fact]
    public async Task AnyCall_FieldsRefused_ListsThemFlattened()
    {
        await LoadAsync("Transport/422-fields");

        var exception = await Should.ThrowAsync<CardTraderException>(
            () => Account.Inventory.UpdateAsync(new ProductChange { Id = Product, PriceCents = 1 }));

        exception.Errors.ShouldBe([
            new CardTraderFault("properties.condition", "is not a possible value"), new CardTraderFault(string.Empty, "price is too low"),
        ]);
    }

    [Theory]
    [InlineData("401-page")]
    [InlineData("403-page")]
    public async Task AnyCall_RefusedByAPage_IsNotAboutTheToken(string mapping)
    {
        retries = 0;
        await LoadAsync("Transport/" + mapping);

        var exception = await Should.ThrowAsync<CardTraderException>(() => Account.Account.GetInfoAsync());

        exception.ShouldNotBeOfType<CardTraderAuthenticationException>();
        exception.IsTransient.ShouldBeTrue();
    }

    [Fact]
    public async Task Blueprints_NotReady_IsTransientAndSaysSo()
    {
        retries = 0;
        await LoadAsync("Transport/404-not-ready");

        var exception = await Should.ThrowAsync<CardTraderException>(
            () => Account.Catalog.StreamBlueprintsAsync(new ExpansionId(979)).ToListAsync().AsTask());

        exception.IsTransient.ShouldBeTrue();
        exception.ErrorCode.ShouldBe("not_found");
        exception.Message.ShouldContain("Data is not ready");
    }

    [Fact]
    public async Task NotRepeatableCall_RefusedWith429_IsSentAgain()
    {
        await LoadAsync("Transport/429-then-success");

        var result = await Account.Inventory.IncrementAsync(Product, -1);

        result.Result.ShouldBe("ok");
        Received.Select(request => request.Body).ShouldBe(["{\"delta_quantity\":-1}", "{\"delta_quantity\":-1}"]);
    }

    [Theory]
    [InlineData("503-then-success")]
    [InlineData("reset-then-success")]
    public async Task WriteOfAFinalState_AnswerLost_IsSentAgain(string mapping)
    {
        await LoadAsync("Transport/" + mapping);

        await Account.Inventory.UpdateAsync(new ProductChange { Id = Product, PriceCents = 250 });

        Received.Select(request => request.Body).ShouldBe(["{\"price\":2.50}", "{\"price\":2.50}"]);
    }

    [Fact]
    public async Task Upload_AnswerLost_SendsTheWholeFileAgain()
    {
        await LoadAsync("Transport/503-then-success");

        await Account.Inventory.UploadImageAsync(
            Product, new ImageUpload("card.png", 4, () => new MemoryStream("\u0001\u0002\u0003\u0004"u8.ToArray())));

        var bodies = Received.Select(request => request.Body).ToList();
        bodies.Count.ShouldBe(2);
        bodies.ShouldAllBe(body => body.Contains("\r\n\r\n\u0001\u0002\u0003\u0004\r\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ShipOrCancellation_AnswerLost_IsNotSentAgain()
    {
        await LoadAsync("Transport/503-queue-full");

        await Should.ThrowAsync<CardTraderException>(() => Account.Orders.ShipAsync(new OrderId(1)));
        await Should.ThrowAsync<CardTraderException>(() => Account.Orders.ConfirmCancellationAsync(new OrderId(1)));

        Received.Count.ShouldBe(2);
    }

    [Fact]
    public void Mappings_OfThisFolder_AreAllUsed()
    {
        var source = File.ReadAllText(RepositoryPaths.At("tests", "BrxSync.Contract.Tests", "Transport", "TransportContractTests.cs"));

        Directory.GetFiles(RepositoryPaths.At("tests", "BrxSync.Contract.Tests", "Mappings", "Transport"))
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .ShouldAllBe(name => source.Contains(name, StringComparison.Ordinal));
    }

    /// <summary>Lets the limits pass when the head of an answer has arrived whose body stops halfway.</summary>
    private sealed class StoppedAnswers(LimitClock clock) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (response.Headers.Contains(Wire.FaultHeader))
            {
                clock.LetLimitsPass();
            }

            return response;
        }
    }
}
