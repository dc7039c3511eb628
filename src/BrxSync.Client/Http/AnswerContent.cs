using System.Net;
using BrxSync.Client.Diagnostics;
using BrxSync.Client.Serialization;

namespace BrxSync.Client.Http;

/// <summary>
/// The body of a successful answer, with what is needed to make an error of it. The span of the call ends when it is disposed.
/// </summary>
internal sealed class AnswerContent(
    CallContext call, CallSpan span, ReceivedContent received, TimeSpan stallTimeout, TimeProvider timeProvider) : HttpContent
{
    public CallContext Call { get; } = call;

    public CallSpan Span { get; } = span;

    /// <summary>How long one read of a body that is still arriving may take.</summary>
    public TimeSpan StallTimeout { get; } = stallTimeout;

    public TimeProvider TimeProvider { get; } = timeProvider;

    /// <summary>Parses a body that was received whole.</summary>
    public UnreadAnswer Parse()
    {
        try
        {
            return new UnreadAnswer(JsonBody.Parse(received.Received, Call.Errors), Call.Errors);
        }
        catch (Exception exception) when (Span.Note(exception))
        {
            throw;
        }
    }

    protected override Task<Stream> CreateContentReadStreamAsync() => received.ReadAsStreamAsync();

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        Call.IsStreamed ? received.CopyToAsync(stream, context) : stream.WriteAsync(received.Received).AsTask();

    // Unknown, so that also an empty body is read, and found to be none.
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            received.Dispose();
            Span.Dispose();
        }

        base.Dispose(disposing);
    }
}
