using System.Net;

namespace BrxSync.Client.Http;

/// <summary>A body that is written only if it still may be when the connection asks for it.</summary>
internal sealed class GuardedContent : HttpContent
{
    private readonly HttpContent _content;
    private readonly Func<bool> _maySend;

    public GuardedContent(HttpContent content, Func<bool> maySend)
    {
        (_content, _maySend) = (content, maySend);
        foreach (var header in content.Headers.NonValidated)
        {
            Headers.TryAddWithoutValidation(header.Key, header.Value);
        }
    }

    /// <summary>Gets whether it was kept from being written.</summary>
    public bool IsHeldBack { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        IsHeldBack = !_maySend();
        return IsHeldBack
            ? Task.FromException(new InvalidOperationException("The request may not leave any more."))
            : _content.CopyToAsync(stream, context, cancellationToken);
    }

    protected override bool TryComputeLength(out long length) => (length = _content.Headers.ContentLength ?? -1) >= 0;
}
