using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BrxSync.Client.Diagnostics;
using BrxSync.Client.Errors;
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

    /// <summary>Reads a body that was received whole.</summary>
    public T Deserialize<T>(JsonTypeInfo<T> typeInfo)
    {
        try
        {
            return JsonBody.Deserialize(received.Received, typeInfo, Call.Errors);
        }
        catch (Exception exception) when (Span.Note(exception))
        {
            throw;
        }
    }

    /// <summary>Reads a body that was received whole by hand: for answers whose shape varies too much for generated code.</summary>
    /// <param name="read">Reads it; throws a <see cref="JsonException"/> when it lacks what must be there.</param>
    public T Read<T>(Func<JsonElement, T> read)
    {
        var answer = Deserialize(CardTraderJsonContext.Default.JsonElement);
        try
        {
            return read(answer);
        }
        catch (JsonException exception)
        {
            throw Call.Errors.Unusable(ResponseFaultKind.UnexpectedShape, [], fault: exception.Message);
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
