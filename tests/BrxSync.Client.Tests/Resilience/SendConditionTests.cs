using System.Net;
using System.Net.Sockets;
using System.Text;
using BrxSync.Client.Errors;
using BrxSync.Client.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Client.Tests.Resilience;

public sealed class SendConditionTests
{
    private static readonly ProductId Product = new(7);

    [Fact]
    public async Task WithSendCondition_DoesNotHold_SendsNothingAndSaysSo()
    {
        var (sent, limiter) = (0, new RecordingLimiter());
        using var client = Client(_ => Count(ref sent, HttpStatusCode.OK), limiter);

        var error = await Should.ThrowAsync<CardTraderException>(
            () => client.Account.WithSendCondition(() => false).Inventory.IncrementAsync(Product, -1));

        (error.IsTransient, error.IsOutcomeUnknown, sent).ShouldBe((true, false, 0));
        error.Message.ShouldContain("was not sent");
        limiter.Outcomes.ShouldBe([RateLimitOutcome.NotSent]);
    }

    [Fact]
    public async Task WithSendCondition_NoLongerHoldsForARepetition_SaysThatTheFirstMayHaveHadItsEffect()
    {
        var sent = 0;
        using var client = Client(_ => Count(ref sent, HttpStatusCode.BadGateway), new RecordingLimiter());

        var error = await Should.ThrowAsync<CardTraderException>(
            () => client.Account.WithSendCondition(() => sent == 0).Inventory.SubmitDeletesAsync([Product]));

        (error.IsTransient, error.IsOutcomeUnknown, sent).ShouldBe((true, true, 1));
    }

    [Fact]
    public async Task WithSendCondition_EndsWhileTheLimiterIsWaitedFor_SendsNothing()
    {
        var (sent, may) = (0, true);
        using var client = Client(_ => Count(ref sent, HttpStatusCode.OK), new RecordingLimiter(_ => Task.FromResult(!(may = false))));

        await Should.ThrowAsync<CardTraderException>(
            () => client.Account.WithSendCondition(() => may).Inventory.IncrementAsync(Product, -1));

        sent.ShouldBe(0);
    }

    [Fact]
    public async Task WithSendCondition_TwoOfThem_BothMustHold()
    {
        var (sent, first, second) = (0, true, false);
        using var client = Client(_ => Count(ref sent, HttpStatusCode.OK), new RecordingLimiter());
        var account = client.Account.WithSendCondition(() => first).WithSendCondition(() => second);

        await Should.ThrowAsync<CardTraderException>(() => account.Account.GetInfoAsync());
        (first, second) = (false, true);
        await Should.ThrowAsync<CardTraderException>(() => account.Account.GetInfoAsync());
        (first, second) = (true, true);
        await account.Account.GetInfoAsync();

        sent.ShouldBe(1);
    }

    /// <summary>A connection may take long to be made: the condition is asked when it stands.</summary>
    [Fact]
    public async Task WithSendCondition_EndsWhileTheConnectionIsMade_NoByteOfTheRequestLeaves()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var services = new ServiceCollection();
        var may = true;
        services.AddCardTraderClient(options => options.BaseAddress = new Uri($"http://{listener.LocalEndpoint}/api/v2"))
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                ConnectCallback = async (context, cancellationToken) =>
                {
                    var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                    await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
                    may = false;
                    return new NetworkStream(socket, ownsSocket: true);
                },
            });
        await using var provider = services.BuildServiceProvider();
        var account = provider.GetRequiredService<ICardTraderClient>().ForToken(new CardTraderToken("t"));
        var received = ReceiveAsync(listener);

        var error = await Should.ThrowAsync<CardTraderException>(
            () => account.WithSendCondition(() => may).Inventory.IncrementAsync(Product, -1));

        (error.IsTransient, error.IsOutcomeUnknown).ShouldBe((true, false));
        (await received).ShouldBeEmpty();
    }

    private static async Task<string> ReceiveAsync(TcpListener listener)
    {
        using var connection = await listener.AcceptTcpClientAsync();
        using var reader = new StreamReader(connection.GetStream(), Encoding.ASCII);
        return await reader.ReadToEndAsync();
    }

    private static HttpResponseMessage Count(ref int sent, HttpStatusCode status)
    {
        sent++;
        return StubTransport.Answer(status, """{"id":1}"""u8.ToArray());
    }

    private static TestClient Client(Func<HttpRequestMessage, HttpResponseMessage> answer, IRateLimiter limiter) =>
        new(new StubTransport(answer), more: services => services.AddSingleton(limiter));
}
