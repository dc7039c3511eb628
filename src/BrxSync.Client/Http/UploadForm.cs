using System.Net;
using System.Net.Http.Headers;

namespace BrxSync.Client.Http;

/// <summary>Builds multipart forms whose files are streamed.</summary>
internal static class UploadForm
{
    public static MultipartFormDataContent Create()
    {
        // Some servers take the quotation marks around the boundary for a part of it.
        var boundary = Guid.NewGuid().ToString("N");
        var form = new MultipartFormDataContent(boundary);
        form.Headers.Remove("Content-Type");
        form.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=" + boundary);
        return form;
    }

    public static MultipartFormDataContent WithText(this MultipartFormDataContent form, string name, string value)
    {
        var part = new StringContent(value);
        part.Headers.ContentType = null;
        part.Headers.ContentDisposition = Disposition(name);
        form.Add(part);
        return form;
    }

    public static MultipartFormDataContent WithFile(
        this MultipartFormDataContent form, string name, string fileName, string mediaType, Func<Stream> open, long? length)
    {
        var part = new FileContent(open);
        part.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        part.Headers.ContentDisposition = Disposition(name);
        part.Headers.ContentDisposition.FileName = Quote(fileName);
        part.Headers.ContentLength = length;
        form.Add(part);
        return form;
    }

    private static ContentDispositionHeaderValue Disposition(string name) => new("form-data") { Name = Quote(name) };

    private static string Quote(string text) => $"\"{text.Replace("\"", "%22", StringComparison.Ordinal)}\"";

    /// <summary>A file that is opened anew whenever it is sent, so that a refused call can be repeated.</summary>
    private sealed class FileContent(Func<Stream> open) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            var file = open();
            await using (file.ConfigureAwait(false))
            {
                await file.CopyToAsync(stream, cancellationToken).ConfigureAwait(false);
            }
        }

        // The length stated in the header, if any, counts; without one the form is sent in chunks.
        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
