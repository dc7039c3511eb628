using BrxSync.Client.Http;

namespace BrxSync.Client.Resilience;

/// <summary>
/// Lets the request of one attempt out once, and keeps what became of it, whatever the handlers of the host make of that.
/// </summary>
internal sealed class AttemptGate(CancellationToken attempt)
{
    // Continues inline, as awaiting the request itself would.
    private readonly TaskCompletionSource<HttpResponseMessage> _answer = new();
    private volatile HttpResponseMessage? _received;
    private int _passed;

    /// <summary>Tells whether the request has left.</summary>
    public bool HasPassed => Volatile.Read(ref _passed) != 0;

    /// <summary>Tells whether a good answer has come.</summary>
    public bool HasSucceeded => _received is { IsSuccessStatusCode: true };

    /// <summary>Tells whether it is known that no good answer will come.</summary>
    public bool HasFailed => _answer.Task.IsCompleted && !HasSucceeded;

    /// <summary>
    /// Sends the request, unless that was done before. Only the attempt ends it: time limits of the host are not those of the call.
    /// </summary>
    /// <exception cref="RepeatRefusedException">It was sent before.</exception>
    public async Task<HttpResponseMessage> PassAsync(Func<CancellationToken, Task<HttpResponseMessage>> send)
    {
        if (Interlocked.Exchange(ref _passed, 1) != 0)
        {
            throw new RepeatRefusedException();
        }

        try
        {
            var answer = await send(attempt).ConfigureAwait(false);
            _received = answer;
            _answer.SetResult(answer);
            return answer;
        }
        catch (Exception exception)
        {
            _answer.SetException(exception);

            // Seen: nobody may ever ask.
            _ = _answer.Task.Exception;
            throw;
        }
    }

    /// <summary>Gives what became of the request, also when a handler disposed it.</summary>
    public async Task<HttpResponseMessage> RecallAsync()
    {
        var answer = await _answer.Task.ConfigureAwait(false);
        return answer.IsSuccessStatusCode ? answer : Copy(answer);
    }

    /// <summary>Tells whether an answer is the one that came.</summary>
    public bool Gave(HttpResponseMessage response) => ReferenceEquals(_received, response);

    private static HttpResponseMessage Copy(HttpResponseMessage answer)
    {
        var copy = new HttpResponseMessage(answer.StatusCode)
        {
            Content = ((ReceivedContent)answer.Content).Again(), RequestMessage = answer.RequestMessage,
        };
        foreach (var header in answer.Headers.NonValidated)
        {
            copy.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        return copy;
    }
}
