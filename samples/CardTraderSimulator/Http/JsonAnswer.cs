using System.Buffers;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Net.Http.Headers;

namespace BrxSync.Simulator.Http;

/// <summary>Writes JSON bodies.</summary>
internal static class JsonAnswer
{
    private const int WorthCompressing = 1_024;

    /// <summary>Non-ASCII letters are written as such, as the real service does.</summary>
    public static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true,
    };

    public static readonly JsonSerializerOptions NodeOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static bool AcceptsGzip(HttpRequest request) =>
        request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);

    public static Task WriteAsync(
        HttpContext context, int status, Action<Utf8JsonWriter> write, CompressionLevel gzip = CompressionLevel.Fastest)
    {
        var body = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(body, WriterOptions))
        {
            write(json);
        }

        return WriteAsync(context, status, body.WrittenMemory, gzip);
    }

    public static async Task WriteAsync(
        HttpContext context, int status, ReadOnlyMemory<byte> body, CompressionLevel gzip = CompressionLevel.Fastest)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "application/json; charset=utf-8";
        if (body.Length >= WorthCompressing && AcceptsGzip(context.Request))
        {
            response.Headers[HeaderNames.ContentEncoding] = "gzip";
            var zip = new GZipStream(response.Body, gzip, leaveOpen: true);
            await using (zip.ConfigureAwait(false))
            {
                await zip.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
            }

            return;
        }

        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
    }
}
