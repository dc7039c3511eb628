using System.Net;
using System.Net.Http.Headers;
using System.Text;

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

    /// <summary>Adds a file.</summary>
    /// <param name="form">The form.</param>
    /// <param name="name">The name of the field.</param>
    /// <param name="fileName">The name of the file.</param>
    /// <param name="mediaType">What it holds.</param>
    /// <param name="open">Opens it at its beginning.</param>
    /// <param name="length">How many bytes it has, if it is sent as it is.</param>
    /// <param name="copy">Sends what was opened; null sends it as it is.</param>
    public static MultipartFormDataContent WithFile(
        this MultipartFormDataContent form,
        string name,
        string fileName,
        string mediaType,
        Func<Stream> open,
        long? length,
        Func<Stream, Stream, CancellationToken, Task>? copy = null)
    {
        var part = new FileContent(open, copy ?? ((file, target, cancellationToken) => file.CopyToAsync(target, cancellationToken)));
        part.Headers.ContentType = new MediaTypeHeaderValue(mediaType);

        // Not through the typed header: it writes other letters as an encoded word of e-mail, in which a server finds
        // neither name nor extension.
        part.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name={Quote(name)}; {FileName(fileName)}");
        part.Headers.ContentLength = length;
        form.Add(part);
        return form;
    }

    private static ContentDispositionHeaderValue Disposition(string name) => new("form-data") { Name = Quote(name) };

    // A plain name for every server, and the full one for those that know the long form.
    private static string FileName(string name)
    {
        var plain = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            plain.Append(rune.Value is >= ' ' and <= '~' and not '\\' ? (char)rune.Value : '_');
        }

        var text = plain.ToString();
        return text == name ? $"filename={Quote(text)}" : $"filename={Quote(text)}; filename*=UTF-8''{Uri.EscapeDataString(name)}";
    }

    private static string Quote(string text) => $"\"{text.Replace("\"", "%22", StringComparison.Ordinal)}\"";

    /// <summary>A file that is opened anew whenever it is sent, so that a refused call can be repeated.</summary>
    private sealed class FileContent(Func<Stream> open, Func<Stream, Stream, CancellationToken, Task> copy) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            var file = open();
            await using (file.ConfigureAwait(false))
            {
                await copy(file, stream, cancellationToken).ConfigureAwait(false);
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
