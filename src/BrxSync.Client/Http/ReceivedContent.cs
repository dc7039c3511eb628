using System.Net;
using BrxSync.Client.Errors;
using BrxSync.Client.Serialization;

namespace BrxSync.Client.Http;

/// <summary>A body of which the beginning, or all, was received while the attempt could still be repeated.</summary>
internal sealed class ReceivedContent : HttpContent
{
    private const long MostAtOnce = 1024 * 1024;

    private readonly ReadOnlyMemory<byte> _head;
    private readonly Stream? _rest;
    private readonly HttpContent _original;

    private ReceivedContent(HttpContent original, ReadOnlyMemory<byte> head, Stream? rest)
    {
        _original = original;
        _head = head;
        _rest = rest;
        foreach (var header in original.Headers.NonValidated)
        {
            if (!header.Key.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            {
                Headers.TryAddWithoutValidation(header.Key, header.Value);
            }
        }
    }

    /// <summary>The bytes received so far.</summary>
    public ReadOnlyMemory<byte> Received => _head;

    /// <summary>Tells whether the body is an HTML page.</summary>
    public bool IsHtml => BodyStart.IsHtml(_head.Span);

    /// <summary>Tells whether the body is an error of the API itself.</summary>
    public bool HasErrorCode => ErrorBody.Read(_head.Span).ErrorCode is not null;

    /// <summary>Receives the whole body, up to a limit; one byte above the limit shows that it is larger.</summary>
    public static async Task<ReceivedContent> ReceiveAllAsync(HttpContent content, int limit, CancellationToken cancellationToken)
    {
        var body = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);

        // One byte more than announced, in which the end shows. What is announced is not believed without end.
        var buffer = new byte[(int)Math.Clamp((content.Headers.ContentLength + 1) ?? (16 * 1024), 1, Math.Min(limit + 1L, MostAtOnce))];
        var length = 0;
        while (length <= limit)
        {
            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, (int)Math.Min(2L * length, limit + 1L));
            }

            var read = await body.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                break;
            }

            length += read;
        }

        return new ReceivedContent(content, buffer.AsMemory(0, length), null);
    }

    /// <summary>
    /// Receives what an unsuccessful answer says. Its status says more than its body: one that breaks off counts as
    /// empty and does not hide it.
    /// </summary>
    public static async Task<ReceivedContent> ReceiveErrorAsync(HttpContent content, CancellationToken cancellationToken)
    {
        try
        {
            return await ReceiveAllAsync(content, ErrorBody.MaxBytes, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or InvalidDataException)
        {
            return new ReceivedContent(content, ReadOnlyMemory<byte>.Empty, null);
        }
    }

    /// <summary>Gives a body that was received whole once more, also when this one was disposed.</summary>
    public ReceivedContent Again() => new(this, _head, null);

    /// <summary>Receives the beginning of the body, enough to see what it is.</summary>
    public static async Task<ReceivedContent> ReceiveHeadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var body = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var head = new byte[4096];
        var length = 0;
        int read;
        do
        {
            read = await body.ReadAsync(head.AsMemory(length), cancellationToken).ConfigureAwait(false);
            length += read;
        }
        while (read > 0 && length < head.Length && !BodyStart.HasText(head.AsSpan(0, length)));
        return new ReceivedContent(content, head.AsMemory(0, length), read == 0 ? null : body);
    }

    protected override Task<Stream> CreateContentReadStreamAsync() =>
        Task.FromResult<Stream>(_rest is null ? new MemoryStream(_head.ToArray(), writable: false) : new PrefixedStream(_head, _rest));

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        var body = await CreateContentReadStreamAsync().ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            await body.CopyToAsync(stream).ConfigureAwait(false);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _head.Length;
        return _rest is null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _original.Dispose();
        }

        base.Dispose(disposing);
    }
}
