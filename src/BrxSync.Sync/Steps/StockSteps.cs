using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Time;

namespace BrxSync.Sync.Steps;

/// <summary>
/// Takes steps on accounts' stock, each in one transaction: load a slice, apply the rules to it, save the differences, tell of them.
/// </summary>
internal sealed class StockSteps(IStockStore store, MarketplaceClock clock, StockNotifier notifier)
{
    /// <summary>Takes one step.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="scope">What the step concerns.</param>
    /// <param name="apply">Applies the rules, and gives what is to be written: the differences, and what the step knows besides.</param>
    /// <param name="cancellationToken">Cancels before the commit.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="SyncFencedException">The account is another seller's by now; nothing was written.</exception>
    public async Task<StockWrites> RunAsync(
        AccountId accountId, StockScope scope, Func<StockStep, StockWrites> apply, CancellationToken cancellationToken)
    {
        var session = await store.OpenAsync(accountId, cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            var loaded = await session.LoadAsync(scope, cancellationToken).ConfigureAwait(false);

            if (scope.Seller is { } asked && loaded.Seller is { } current && asked != current)
            {
                throw new SyncFencedException("The account was connected to another seller meanwhile: nothing was changed.");
            }

            // The present is that of the step, which may have waited for the account: never of when it was asked for.
            var writes = apply(new StockStep(loaded, clock.Present));
            await session.SaveAsync(writes, cancellationToken).ConfigureAwait(false);
            notifier.Tell(accountId, writes);
            return writes;
        }
    }
}
