using System.Runtime.CompilerServices;
using BrxSync.Sync.Abstractions;

namespace BrxSync.Sync.Runs;

/// <summary>Reads the record of operations.</summary>
internal sealed class OperationService(IOperationStore store, TimeProvider time) : IOperations
{
    /// <summary>As often as a run tells of itself.</summary>
    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(1);

    public Task<Operation?> FindAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        return store.FindAsync(id, cancellationToken);
    }

    public Task<Operation?> FindLiveAsync(AccountId accountId, string kind, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(kind);
        return store.FindLiveAsync(accountId, kind, cancellationToken);
    }

    public Task<IReadOnlyList<Operation>> ListAsync(AccountId accountId, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 200);
        return store.ListAsync(accountId, limit, cancellationToken);
    }

    public IAsyncEnumerable<Operation> WatchAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        return WatchUntilEndedAsync(id, cancellationToken);
    }

    public Task<bool> CancelAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        return CancelFoundAsync(id, cancellationToken);
    }

    private async Task<bool> CancelFoundAsync(string id, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } operation
        && await store.CancelAsync(operation.AccountId, id, cancellationToken).ConfigureAwait(false);

    private async IAsyncEnumerable<Operation> WatchUntilEndedAsync(string id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(WatchInterval, time);
        Operation? told = null;
        do
        {
            var found = told is null
                ? await store.FindAsync(id, cancellationToken).ConfigureAwait(false)
                : await store.FindAsync(told.AccountId, id, cancellationToken).ConfigureAwait(false);
            if (found is not { } operation)
            {
                yield break;
            }

            if (told is null || !IsSame(told, operation))
            {
                told = operation;
                yield return operation;
            }
        }
        while (told.IsLive && await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>A sign of life alone is no change.</summary>
    private static bool IsSame(Operation before, Operation after) =>
        before.Status == after.Status && before.Progress == after.Progress && before.Error == after.Error
        && (before.Attempt, before.NextAttemptAt) == (after.Attempt, after.NextAttemptAt);
}
