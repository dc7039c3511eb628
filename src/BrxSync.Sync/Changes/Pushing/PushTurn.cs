using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Steps;
using BrxSync.Sync.Time;

namespace BrxSync.Sync.Changes.Pushing;

/// <summary>
/// The turn to send an account's changes. It ends by itself, so that a process that is gone holds up nobody for long. A process that was
/// stopped and goes on sends nothing any more, and writes nothing once the turn is another's.
/// </summary>
internal sealed class PushTurn
{
    /// <summary>For how long calls may be sent before the turn is to be renewed. Longer than the limits make a call wait.</summary>
    public static readonly TimeSpan SendWithin = TimeSpan.FromSeconds(40);

    private readonly IChangeStore _store;
    private readonly AccountId _account;
    private readonly PushSettings _settings;
    private readonly string _owner = Guid.NewGuid().ToString("N");
    private volatile SendWindow _window;

    private PushTurn(IChangeStore store, AccountId account, PushSettings settings)
    {
        (_store, _account, _settings) = (store, account, settings);
        _window = new SendWindow(settings.Time, SendWithin);
    }

    /// <summary>Gets whether a call may leave now: its effect comes, or will never come, while the turn is ours.</summary>
    public bool MaySend => _window.IsOpen;

    /// <summary>Takes the turn; null when it is another's.</summary>
    public static async Task<PushTurn?> TryTakeAsync(
        IChangeStore store, AccountId account, PushSettings settings, CancellationToken cancellationToken)
    {
        var turn = new PushTurn(store, account, settings);
        return await turn.TryRenewAsync(cancellationToken).ConfigureAwait(false) ? turn : null;
    }

    /// <summary>Makes sure that the turn lasts long enough for one more call.</summary>
    /// <exception cref="SyncFencedException">It is another's by now.</exception>
    public async ValueTask KeepAsync(CancellationToken cancellationToken)
    {
        if (_window.Elapsed > SendWithin / 4 && !await TryRenewAsync(cancellationToken).ConfigureAwait(false))
        {
            throw Lost();
        }
    }

    /// <summary>Makes sure, within a step, that the turn is not another's: whoever took it has gone on with what the stock was.</summary>
    /// <exception cref="SyncFencedException">It is.</exception>
    public void Require(StockStep step)
    {
        if (step.Loaded!.PushOwner != _owner)
        {
            throw Lost();
        }
    }

    /// <summary>Gives the turn back.</summary>
    public Task EndAsync() => _store.EndTurnAsync(_account, _owner, CancellationToken.None);

    private static SyncFencedException Lost() =>
        new("Another process sends the changes of the account by now: nothing more is sent or written here.");

    private async Task<bool> TryRenewAsync(CancellationToken cancellationToken)
    {
        var window = new SendWindow(_settings.Time, SendWithin);
        if (!await _store.TryTakeTurnAsync(_account, _owner, SendWithin + _settings.LongestCall, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        _window = window;
        return true;
    }
}
