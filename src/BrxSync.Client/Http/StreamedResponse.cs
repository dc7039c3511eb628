using BrxSync.Client.Diagnostics;
using BrxSync.Client.Errors;

namespace BrxSync.Client.Http;

/// <summary>A successful answer whose body is still arriving.</summary>
internal sealed class StreamedResponse : IAsyncDisposable
{
    private readonly HttpResponseMessage _message;
    private readonly CallContext _call;
    private readonly CallSpan _span;
    private readonly TimeSpan _stallTimeout;
    private readonly TimeProvider _timeProvider;

    public StreamedResponse(
        HttpResponseMessage message, Stream body, CallContext call, CallSpan span, TimeSpan stallTimeout, TimeProvider timeProvider)
    {
        _message = message;
        _call = call;
        _span = span;
        _stallTimeout = stallTimeout;
        _timeProvider = timeProvider;
        Body = body;
        RespondedAt = timeProvider.GetUtcNow();
        AnswerTime = call.TimeOf(message);
    }

    public Stream Body { get; }

    /// <summary>Takes over the answer of an endpoint whose body is still arriving.</summary>
    public static async Task<StreamedResponse> OpenAsync(Task<HttpResponseMessage> answer)
    {
        var message = await answer.ConfigureAwait(false);
        var content = (AnswerContent)message.Content;
        var body = await content.ReadAsStreamAsync().ConfigureAwait(false);
        return new StreamedResponse(message, body, content.Call, content.Span, content.StallTimeout, content.TimeProvider);
    }

    /// <summary>The call that is answered, for example <c>GET /products/export</c>.</summary>
    public string Operation => _call.Call.Name;

    /// <summary>Makes the errors of this call.</summary>
    public CallErrors Errors => _call.Errors;

    /// <summary>When the attempt that was answered was sent.</summary>
    public DateTimeOffset RequestedAt => _call.SentAt;

    public DateTimeOffset RespondedAt { get; }

    public DateTimeOffset? ServerDate => _message.Headers.Date;

    public AnswerTime AnswerTime { get; }

    /// <summary>Notes that reading the body failed, and returns the error, to be thrown.</summary>
    public Exception Fail(Exception exception)
    {
        _span.Note(exception);
        return exception;
    }

    /// <summary>Runs one read of the body; a stall or a broken connection becomes an error of the call.</summary>
    public async ValueTask GuardReadAsync(Func<CancellationToken, ValueTask> read, CancellationToken cancellationToken)
    {
        using var stall = new CancellationTokenSource(_stallTimeout, _timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(stall.Token, cancellationToken);
        try
        {
            await read(linked.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested && stall.IsCancellationRequested)
        {
            throw Fail(Errors.Stalled(_stallTimeout, exception));
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or InvalidDataException)
        {
            throw Fail(Errors.BodyBroken(exception));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Body.DisposeAsync().ConfigureAwait(false);
        _message.Dispose();
        _span.Dispose();
    }
}
