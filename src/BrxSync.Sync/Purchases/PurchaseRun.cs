using BrxSync.Client.Errors;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Stock.Changes;
using BrxSync.Sync.Time;
using Microsoft.Extensions.Options;

namespace BrxSync.Sync.Purchases;

/// <summary>
/// Carries out a purchase whose copies are reserved: reads the product, has the rules decide, takes the copies there. Until it is stored
/// as sent, everything that fails gives them back.
/// </summary>
internal sealed class PurchaseRun(
    PurchaseSteps steps, PurchaseRecords records, PurchaseCalls calls, PurchaseQueue queue, IOptions<PurchaseOptions> options)
{
    /// <summary>Carries a purchase out, or gives its copies back.</summary>
    /// <param name="account">The account.</param>
    /// <param name="reserved">The purchase.</param>
    /// <param name="cancellationToken">Gives it up as long as nothing was sent.</param>
    public async Task RunAsync(AccountRecord account, Reservation reserved, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.Value.Deadline, calls.Clock);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        IDisposable? turn = null;
        try
        {
            turn = await queue.EnterAsync(account.Id, reserved.Product, limited.Token).ConfigureAwait(false);
            if (await ConfirmAsync(account, reserved, limited.Token).ConfigureAwait(false) is { } confirmed)
            {
                var verdict = await calls.TakeAsync(account, confirmed.Reserved, confirmed.Window).ConfigureAwait(false);
                await records.SettleAsync(account, confirmed.Reserved, verdict).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && deadline.IsCancellationRequested)
        {
            var isThrottled = await calls.AreThrottledAsync(account).ConfigureAwait(false);
            await records.ReleaseAsync(
                account,
                reserved,
                isThrottled ? PurchaseHindrance.RateLimited : PurchaseHindrance.Deadline,
                $"The purchase took longer than {options.Value.Deadline}"
                    + (isThrottled ? ": CardTrader refuses calls for its limits." : ".")).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is CardTraderException or InvalidDataException)
        {
            await records.ReleaseAsync(account, reserved, PurchaseView.HindranceOf(exception), exception.Message).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is BrxSyncException or OperationCanceledException)
        {
            await records.ReleaseAsync(account, reserved, PurchaseHindrance.GivenUp, exception.Message).ConfigureAwait(false);
            throw;
        }
        finally
        {
            turn?.Dispose();
        }
    }

    /// <summary>Reads the product until the rules can decide.</summary>
    /// <returns>The purchase that is to be sent now, and for how long it may be; null when it does not come about.</returns>
    private async Task<(Reservation Reserved, SendWindow Window)?> ConfirmAsync(
        AccountRecord account, Reservation reserved, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await calls.ReadAsync(account, reserved, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            var window = calls.BeginSending();
            (var verdict, reserved) = await steps.ConfirmAsync(account, reserved, read).ConfigureAwait(false);
            if (verdict != ReservationVerdict.Wait)
            {
                return verdict == ReservationVerdict.Enough ? (reserved, window) : null;
            }

            await Task.Delay(options.Value.ReadAgainAfter, calls.Clock, cancellationToken).ConfigureAwait(false);
        }
    }
}
