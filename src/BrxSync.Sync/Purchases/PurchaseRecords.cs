using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Changes.Pushing;
using BrxSync.Sync.Steps;

namespace BrxSync.Sync.Purchases;

/// <summary>How purchases ended, as it is stored.</summary>
internal sealed class PurchaseRecords(IChangeStore store, StockSteps steps, PushSteps pushes)
{
    /// <summary>Finds a purchase by the caller's own name for it.</summary>
    /// <returns>What became of it; null when the name is new.</returns>
    /// <exception cref="ChangeRefusedException">The name is that of something else.</exception>
    public async Task<PurchaseResult?> FindAsync(
        AccountId account, string reference, long itemId, int copies, CancellationToken cancellationToken)
    {
        if (await store.FindByReferenceAsync(account, reference, cancellationToken).ConfigureAwait(false) is not { } row)
        {
            return null;
        }

        return row.Change.IsReservation && row.Origin.ItemId == itemId && row.Change.Copies == -copies
            ? await OfAsync(account, row, cancellationToken).ConfigureAwait(false) with { IsRepeated = true }
            : throw new ChangeRefusedException(
            [
                new ChangeFault(
                    ChangeFaultReason.Contradiction,
                    itemId,
                    nameof(reference),
                    $"The reference \"{reference}\" is that of change {row.Change.Id}, which is not a purchase of {copies} copies of item {itemId}: give this one its own."),
            ]);
    }

    /// <summary>Tells what became of a purchase.</summary>
    public async Task<PurchaseResult> GetAsync(AccountId account, Reservation reserved, CancellationToken cancellationToken)
    {
        var row = (await store.FindAsync(account, reserved.Change.Id, cancellationToken).ConfigureAwait(false))!;
        var result = await OfAsync(account, row, cancellationToken).ConfigureAwait(false);
        return result with
        {
            QuantityBefore = reserved.Before,
            QuantityAfter = result.Outcome is PurchaseOutcome.Sold or PurchaseOutcome.Pending
                ? reserved.Before + reserved.Change.Copies
                : result.QuantityAfter,
        };
    }

    /// <summary>Applies how the call ended that took the copies.</summary>
    public Task SettleAsync(AccountRecord account, Reservation reserved, ChangeVerdict verdict) =>
        pushes.SettleAsync(account, turn: null, [(reserved.Change, reserved.Attempt with { Call = PurchaseSteps.Call }, verdict)]);

    /// <summary>Gives the copies back. Nothing was sent for them.</summary>
    public Task ReleaseAsync(AccountRecord account, Reservation reserved, PurchaseHindrance hindrance, string error) =>
        pushes.ReleaseAsync(account, reserved.Change, PurchaseView.Note(reserved.Change.Id, hindrance, error));

    private async Task<PurchaseResult> OfAsync(AccountId account, ChangeRow row, CancellationToken cancellationToken)
    {
        var quantity = 0;
        await steps.RunAsync(
            account,
            new StockScope { Products = [row.Change.Product] },
            null,
            step =>
            {
                quantity = step.Books.Items.GetValueOrDefault(row.Change.Product)?.Copies ?? 0;
                return null;
            },
            cancellationToken).ConfigureAwait(false);
        return PurchaseView.Of(row, quantity);
    }
}
