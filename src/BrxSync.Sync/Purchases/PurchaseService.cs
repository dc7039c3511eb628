using BrxSync.Sync.Accounts;
using BrxSync.Sync.Changes.Editing;
using BrxSync.Sync.Diagnostics;
using Microsoft.Extensions.Logging;

namespace BrxSync.Sync.Purchases;

/// <summary>Makes purchases, and tells what became of them.</summary>
internal sealed partial class PurchaseService(
    AccountAccess accounts,
    PurchaseSteps steps,
    PurchaseRecords records,
    PurchaseRun run,
    PurchaseMetrics metrics,
    ILogger<PurchaseService> logger) : IPurchases
{
    public async Task<PurchaseResult> PurchaseAsync(
        AccountId accountId,
        long itemId,
        int copies,
        string reference,
        ChangeContext? context = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reference);
        var by = ChangeService.Checked((context ?? new ChangeContext()) with { Reference = reference });
        if (copies < 1)
        {
            throw new ChangeRefusedException(
            [
                new ChangeFault(ChangeFaultReason.OutOfRange, itemId, nameof(copies), $"Item {itemId}: {copies} copies cannot be bought."),
            ]);
        }

        var begun = metrics.Begin();
        var account = await accounts.GetActiveAsync(accountId, cancellationToken).ConfigureAwait(false);
        var known = await records.FindAsync(accountId, reference, itemId, copies, cancellationToken).ConfigureAwait(false);
        if (known is not null)
        {
            return known;
        }

        var (reserved, refused) = await steps.ReserveAsync(account, itemId, copies, by, cancellationToken).ConfigureAwait(false);
        if (reserved is null && refused is null)
        {
            // Another call with the reference was quicker.
            return (await records.FindAsync(accountId, reference, itemId, copies, cancellationToken).ConfigureAwait(false))!;
        }

        if (reserved is { IsSold: false })
        {
            await run.RunAsync(account, reserved, cancellationToken).ConfigureAwait(false);
        }

        var result = refused ?? await records.GetAsync(accountId, reserved!, CancellationToken.None).ConfigureAwait(false);
        metrics.Count(result, begun);
        Tell(accountId, result);
        return result;
    }

    private void Tell(AccountId accountId, PurchaseResult result)
    {
        switch (result)
        {
            case { Outcome: PurchaseOutcome.Pending }:
                Log.Pending(logger, result.ChangeId!.Value, accountId, result.CopiesWanted, result.ItemId);
                break;
            case { Outcome: PurchaseOutcome.Unavailable }:
                Log.Unavailable(logger, accountId, result.ItemId, result.Hindrance, result.Error);
                break;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventIds.PurchasePending,
            LogLevel.Warning,
            "Purchase {ChangeId} of account {AccountId} is in doubt: whether {Copies} copies of item {ItemId} are sold, a read will tell")]
        public static partial void Pending(ILogger logger, Guid changeId, AccountId accountId, int copies, long itemId);

        [LoggerMessage(
            EventIds.PurchaseUnavailable,
            LogLevel.Warning,
            "A purchase of account {AccountId} of item {ItemId} was not made ({Hindrance}); nothing was sold: {Reason}")]
        public static partial void Unavailable(
            ILogger logger, AccountId accountId, long itemId, PurchaseHindrance hindrance, string? reason);
    }
}
