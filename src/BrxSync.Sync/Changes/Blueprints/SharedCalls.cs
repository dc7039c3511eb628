using System.Collections.Concurrent;

namespace BrxSync.Sync.Changes.Blueprints;

/// <summary>
/// The calls on their way in this process: each thing is asked for once at a time, and whoever needs it meanwhile gets the same answer.
/// </summary>
internal sealed class SharedCalls<TKey, TAnswer>
    where TKey : notnull
    where TAnswer : class
{
    private readonly ConcurrentDictionary<TKey, TaskCompletionSource<TAnswer?>> _calls = new();

    /// <summary>Asks, or waits for whoever is asking. Who waits for one that failed or gave up asks in turn, with its own token.</summary>
    public async Task<TAnswer> AskAsync(TKey key, Func<Task<TAnswer>> ask, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var own = new TaskCompletionSource<TAnswer?>(TaskCreationOptions.RunContinuationsAsynchronously);
            var call = _calls.GetOrAdd(key, own);
            if (ReferenceEquals(call, own))
            {
                TAnswer? answer = null;
                try
                {
                    answer = await ask().ConfigureAwait(false);
                    return answer;
                }
                finally
                {
                    _calls.TryRemove(key, out _);
                    own.TrySetResult(answer);
                }
            }

            if (await call.Task.WaitAsync(cancellationToken).ConfigureAwait(false) is { } shared)
            {
                return shared;
            }
        }
    }
}
