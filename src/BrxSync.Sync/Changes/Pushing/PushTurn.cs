using BrxSync.Sync.Abstractions;

namespace BrxSync.Sync.Changes.Pushing;

/// <summary>
/// The turn to send an account's changes. It ends by itself, so that a process that is gone holds up nobody for long; a process that is
/// slow sends nothing more once its turn may be another's.
/// </summary>
internal sealed class PushTurn
{
    /// <summary>Longer than any call may take.</summary>
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(4);

    private readonly IChangeStore _store;
    private readonly AccountId _account;
    private readonly TimeProvider _time;
    private readonly string _owner = Guid.NewGuid().ToString("N");
    private long _takenAt;

    private PushTurn(IChangeStore store, AccountId account, TimeProvider time) => (_store, _account, _time) = (store, account, time);

    /// <summary>Takes the turn; null when it is another's.</summary>
    public static async Task<PushTurn?> TryTakeAsync(
        IChangeStore store, AccountId account, TimeProvider time, CancellationToken cancellationToken)
    {
        var turn = new PushTurn(store, account, time);
        return await turn.TryRenewAsync(cancellationToken).ConfigureAwait(false) ? turn : null;
    }

    /// <summary>Makes sure that the turn lasts long enough for one more call.</summary>
    /// <exception cref="SyncFencedException">It is another's by now.</exception>
    public async ValueTask KeepAsync(CancellationToken cancellationToken)
    {
        if (_time.GetElapsedTime(_takenAt) > Length / 4 && !await TryRenewAsync(cancellationToken).ConfigureAwait(false))
        {
            throw new SyncFencedException("Another process sends the changes of the account by now: nothing more is sent here.");
        }
    }

    /// <summary>Gives the turn back.</summary>
    public Task EndAsync() => _store.EndTurnAsync(_account, _owner, CancellationToken.None);

    private async Task<bool> TryRenewAsync(CancellationToken cancellationToken)
    {
        var asked = _time.GetTimestamp();
        if (!await _store.TryTakeTurnAsync(_account, _owner, Length, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        _takenAt = asked;
        return true;
    }
}
