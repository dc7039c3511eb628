using System.IO.Compression;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace BrxSync.Contract.Tests.WireMock;

/// <summary>
/// Stands between the connection and WireMock.Net: keeps the request's target as it was sent, packs answers as CardTrader does, and does
/// to the connection what a <see cref="Fault"/> says. WireMock.Net only changes the answer's bytes for a fault, which the client would not
/// notice.
/// </summary>
/// <param name="held">Called when an answer is held back before its first byte.</param>
internal sealed class Wire(Action held)
{
    public const string TargetHeader = "Wire-Target";
    public const string FaultHeader = "Wire-Fault";

    private const string Noise = "no status and no chunk\r\n";

    // A client without a limit of its own gets an end some day, so that its test fails instead of hanging.
    private static readonly TimeSpan LongestHold = TimeSpan.FromMinutes(1);

    public async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        var connection = context.Response.Body;
        using var answer = new MemoryStream();
        context.Response.Body = answer;
        context.Request.Headers[TargetHeader] = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        await next(context);
        context.Response.Body = connection;

        var body = Pack(context, answer.ToArray());
        if (!Enum.TryParse<Fault>(context.Response.Headers[FaultHeader], out var fault))
        {
            await connection.WriteAsync(body);
            return;
        }

        var socket = context.Features.Get<IConnectionSocketFeature>()!.Socket;
        switch (fault)
        {
            case Fault.ConnectionResetByPeer:
                socket.LingerState = new LingerOption(enable: true, seconds: 0);
                socket.Close();
                return;
            case Fault.EmptyResponse:
                socket.Shutdown(SocketShutdown.Send);
                break;
            case Fault.RandomDataThenClose:
                await EndWithAsync(socket, Noise);
                break;
            case Fault.MalformedResponseChunk:
                await EndWithAsync(socket, $"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{Noise}");
                break;
            case Fault.StopsHalfway:
                await connection.WriteAsync(body.AsMemory(0, body.Length / 2));
                await connection.FlushAsync();
                break;
            case Fault.NeverBegins:
                held();
                break;
        }

        // The client hangs up first: what was sent must not be overtaken by a reset.
        await Task.Delay(LongestHold, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        context.Abort();
    }

    private static async Task EndWithAsync(Socket socket, string text)
    {
        await socket.SendAsync(Encoding.ASCII.GetBytes(text));
        socket.Shutdown(SocketShutdown.Send);
    }

    private static byte[] Pack(HttpContext context, byte[] body)
    {
        if (body.Length == 0 || !context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.Ordinal))
        {
            return body;
        }

        context.Response.Headers.ContentEncoding = "gzip";
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(body);
        }

        return packed.ToArray();
    }
}
