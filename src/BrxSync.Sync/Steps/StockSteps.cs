using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Stock.Items;
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
    /// <exception cref="SyncFencedException">
    /// The account is another seller's by now, or the operation has ended; nothing was written.
    /// </exception>
    public Task<StockWrites> RunAsync(
        AccountId accountId, StockScope scope, Func<StockStep, StockWrites> apply, CancellationToken cancellationToken) =>
        RunAsync(accountId, scope, null, apply, cancellationToken);

    /// <summary>Takes one step that begins with a new row of the inventory, which it finds among the loaded ones.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="scope">What the step concerns.</param>
    /// <param name="added">What the new row holds; null for none.</param>
    /// <param name="apply">Applies the rules, and gives what is to be written; null for nothing at all.</param>
    /// <param name="cancellationToken">Cancels before the commit.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="SyncFencedException">
    /// The account is another seller's by now, or the operation has ended; nothing was written.
    /// </exception>
    public async Task<StockWrites> RunAsync(
        AccountId accountId,
        StockScope scope,
        ItemDetails? added,
        Func<StockStep, StockWrites?> apply,
        CancellationToken cancellationToken)
    {
        var session = await store.OpenAsync(accountId, cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            var loaded = await session.LoadAsync(scope, cancellationToken).ConfigureAwait(false);

            if (scope.Seller is { } asked && loaded.Seller is { } current && asked != current)
            {
                throw new SyncFencedException("The account was connected to another seller meanwhile: nothing was changed.");
            }

            if (!loaded.IsRunLive)
            {
                throw new SyncFencedException("The operation has ended, or goes on elsewhere: nothing more was changed.");
            }

            if (added is not null)
            {
                var id = await session.AddItemAsync(added, cancellationToken).ConfigureAwait(false);
                loaded = loaded with { Added = added with { Id = id, Product = ProvisionalProduct.Of(id) } };
            }

            // The present is that of the step, which may have waited for the account: never of when it was asked for.
            if (apply(new StockStep(loaded, clock.Present)) is not { } writes)
            {
                return new StockWrites();
            }

            await session.SaveAsync(writes, cancellationToken).ConfigureAwait(false);
            notifier.Tell(accountId, writes);
            return writes;
        }
    }
}
