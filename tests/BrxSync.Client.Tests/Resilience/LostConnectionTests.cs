using System.Net;
using System.Net.Sockets;
using System.Text;
using BrxSync.Client.Errors;
using BrxSync.Client.Http;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Client.Tests.Resilience;

/// <summary>Real sockets: what the platform's own connection handling does with calls that must not be sent twice.</summary>
public sealed class LostConnectionTests
{
    [Fact]
    public async Task SendAsync_IdleConnectionClosesUnderANotRepeatableCallWithoutBody_IsSentOnce()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var requests = new List<string>();
        using var stop = new CancellationTokenSource();
        var server = ServeAsync(listener, requests, stop.Token);
        var services = new ServiceCollection();
        services.AddCardTraderClient(options => options.BaseAddress = new Uri($"http://{listener.LocalEndpoint}/api/v2"));
        await using var provider = services.BuildServiceProvider();
        var endpoints = provider.GetRequiredService<EndpointFactory>().For(new Caller(new CardTraderToken("t"), default))
            .Of<ITestEndpoints>();

        await endpoints.ReadAsync(CancellationToken.None);
        var error = await Should.ThrowAsync<CardTraderException>(() => endpoints.PurchaseAsync(CancellationToken.None));

        error.IsOutcomeUnknown.ShouldBeTrue();
        requests.ShouldBe(["GET /api/v2/read", "POST /api/v2/cart/purchase"]);
        await stop.CancelAsync();
        await server;
    }

    // Answers the first request of each connection and closes it without a word when the second arrives.
    private static async Task ServeAsync(TcpListener listener, List<string> requests, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                using var connection = await listener.AcceptTcpClientAsync(cancellationToken);
                var stream = connection.GetStream();
                requests.Add(await ReadRequestAsync(stream, cancellationToken));
                await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"u8.ToArray(), cancellationToken);
                requests.Add(await ReadRequestAsync(stream, cancellationToken));
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private static async Task<string> ReadRequestAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (!text.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer, cancellationToken);
            if (read == 0)
            {
                break;
            }

            text.Append(Encoding.ASCII.GetString(buffer, 0, read));
        }

        return text.ToString().Split(" HTTP/")[0];
    }
}
