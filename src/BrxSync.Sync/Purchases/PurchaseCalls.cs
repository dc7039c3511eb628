using BrxSync.Client.Errors;
using BrxSync.Client.RateLimiting;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Accounts;
using BrxSync.Sync.Changes.Editing;
using BrxSync.Sync.Changes.Pushing;
using BrxSync.Sync.Rereads;
using BrxSync.Sync.Stock.Changes;
using BrxSync.Sync.Time;

namespace BrxSync.Sync.Purchases;

/// <summary>
/// The two calls of a purchase: the read of its blueprint, and the one that takes the copies. A buyer waits: both go first.
/// </summary>
internal sealed class PurchaseCalls(AccountAccess accounts, IRateLimiter limiter, MarketplaceTime time)
{
    /// <summary>
    /// Well within the time for which a purchase is left to its process: what is still not sent by then is not sent by this one. Longer
    /// than the client waits for limits unless configured otherwise: it knows whether anything was sent, a call that is cut off does not.
    /// </summary>
    private static readonly TimeSpan LongestCall = PurchaseSteps.LeftAlone * 0.75;

    /// <summary>Gets our clock.</summary>
    public TimeProvider Clock => time.Local;

    /// <summary>Reads what CardTrader has.</summary>
    public Task<BlueprintRead> ReadAsync(AccountRecord account, Reservation reserved, CancellationToken cancellationToken) =>
        accounts.CallAsync(
            account.Id,
            (remote, token) => BlueprintRead.ReadAsync(account, remote, reserved.Details.Blueprint, time, token),
            cancellationToken,
            RateLimitPriority.High);

    /// <summary>Says whether the account's calls wait because CardTrader refused one of them for its limits.</summary>
    public async Task<bool> AreThrottledAsync(AccountRecord account)
    {
        var state = await limiter.GetStateAsync(accounts.Fingerprint(account), CancellationToken.None).ConfigureAwait(false);
        return state.General.FrozenUntil is not null;
    }

    /// <summary>Begins the time in which a purchase may be sent. It is begun before the purchase is stored as sent.</summary>
    public SendWindow BeginSending() => new(time.Local, LongestCall);

    /// <summary>
    /// Takes the copies. It is not to be interrupted by whoever asked for the purchase: whether it went out could not be told.
    /// </summary>
    public async Task<ChangeVerdict> TakeAsync(AccountRecord account, Reservation reserved, SendWindow window)
    {
        try
        {
            using var limit = new CancellationTokenSource(LongestCall, time.Local);
            var answer = await accounts.CallAsync(
                account.Id,
                (remote, token) => remote.WithSendCondition(() => window.IsOpen)
                    .Inventory.IncrementAsync(reserved.Product, reserved.Change.Delta, token),
                limit.Token,
                RateLimitPriority.High).ConfigureAwait(false);
            return new ChangeVerdict(SendOutcome.Done)
            {
                Remarks = ChangeView.ToJson([.. answer.Warnings.Select(warning => new ChangeRemark(warning.Path, warning.Text))]),
            };
        }
        catch (BrxSyncException exception)
        {
            // The account was suspended, stopped or removed a moment ago: nothing was sent.
            return new ChangeVerdict(SendOutcome.NotSent) { Code = PurchaseCodes.Cancelled, Error = exception.Message };
        }
        catch (Exception exception) when (exception is CardTraderException or OperationCanceledException)
        {
            var verdict = ChangeVerdict.Of(exception, 1);
            return verdict.Outcome switch
            {
                SendOutcome.AnswerLost => verdict,
                SendOutcome.NotThere => verdict with { Code = PurchaseCodes.Gone },
                _ => verdict with { Code = PurchaseView.CodeOf(PurchaseView.HindranceOf(exception)) },
            };
        }
    }
}
