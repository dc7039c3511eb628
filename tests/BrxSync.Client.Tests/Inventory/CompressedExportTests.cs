using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using BrxSync.Client.Errors;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Client.Tests.Inventory;

/// <summary>Compressed exports over a real connection: decompression belongs to the platform's handler.</summary>
public sealed class CompressedExportTests : IDisposable
{
    private const int Rows = 5000;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
        _listener.Dispose();
    }

    [Fact]
    public async Task StreamExportAsync_GzipBody_IsAskedForAndRead()
    {
        var (rows, error, request) = await ExportAsync(body => body);

        error.ShouldBeNull();
        rows.ShouldBe(Rows);
        request.ShouldContain("Accept-Encoding: gzip");
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.9)]
    public async Task StreamExportAsync_GzipBodyEndsEarlyThoughItsLengthAgrees_IsCutShort(double share)
    {
        var (rows, error, _) = await ExportAsync(body => body[..(int)(body.Length * share)]);

        error.ShouldNotBeNull().Kind.ShouldBe(ResponseFaultKind.CutShort);
        rows.ShouldBeLessThan(Rows);
    }

    private static byte[] Body()
    {
        var json = "["
            + string.Join(',', Enumerable.Range(1, Rows).Select(id =>
                $$"""{"id":{{id}},"blueprint_id":{{id * 7919 % 60000 + 1}},"quantity":{{id % 9}},"price_cents":{{id * 31 % 997}},"price_currency":"EUR"}"""))
            + "]";
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(json));
        }

        return compressed.ToArray();
    }

    private async Task<(int Rows, CardTraderResponseException? Error, string Request)> ExportAsync(Func<byte[], byte[]> damage)
    {
        _listener.Start();
        var server = ServeAsync(damage(Body()));
        var services = new ServiceCollection();
        services.AddCardTraderClient(options =>
        {
            options.BaseAddress = new Uri($"http://{_listener.LocalEndpoint}/api/v2");
            options.Resilience.Export.MaxRetries = 0;
        });
        await using var provider = services.BuildServiceProvider();
        var account = provider.GetRequiredService<ICardTraderClient>().ForToken(new CardTraderToken("t"));
        var rows = 0;
        try
        {
            await foreach (var product in account.Inventory.StreamExportAsync())
            {
                rows += product.Quantity >= 0 ? 1 : 0;
            }

            return (rows, null, await server);
        }
        catch (CardTraderResponseException error)
        {
            return (rows, error, await server);
        }
    }

    private async Task<string> ServeAsync(byte[] body)
    {
        using var connection = await _listener.AcceptTcpClientAsync(_stop.Token);
        var stream = connection.GetStream();
        var buffer = new byte[8192];
        var request = string.Empty;
        while (!request.Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            request += Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer, _stop.Token));
        }

        var head =
            $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), _stop.Token);
        await stream.WriteAsync(body, _stop.Token);
        return request;
    }
}
