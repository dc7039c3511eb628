using BrxSync.Client.Errors;

namespace BrxSync.Client.Http;

/// <summary>A successful answer whose body is still arriving.</summary>
internal sealed class StreamedResponse : IAsyncDisposable
{
    private readonly HttpResponseMessage _message;
    private readonly TimeSpan _stallTimeout;
    private readonly TimeProvider _timeProvider;

    public StreamedResponse(
        HttpResponseMessage message, Stream body, CallErrors errors, DateTimeOffset requestedAt, TimeSpan stallTimeout, TimeProvider timeProvider)
    {
        _message = message;
        _stallTimeout = stallTimeout;
        _timeProvider = timeProvider;
        Body = body;
        Errors = errors;
        RequestedAt = requestedAt;
        RespondedAt = timeProvider.GetUtcNow();
    }

    public Stream Body { get; }

    /// <summary>Makes the errors of this call.</summary>
    public CallErrors Errors { get; }

    public DateTimeOffset RequestedAt { get; }

    public DateTimeOffset RespondedAt { get; }

    public DateTimeOffset? ServerDate => _message.Headers.Date;

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
            throw Errors.Stalled(_stallTimeout, exception);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or InvalidDataException)
        {
            throw Errors.BodyBroken(exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Body.DisposeAsync().ConfigureAwait(false);
        _message.Dispose();
    }
}
