using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using BrxSync.Client.Inventory;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Steps;
using BrxSync.Sync.Stock.Items;

namespace BrxSync.Sync.Changes.Editing;

/// <summary>Makes changes, each in one step on the stock, and shows what became of them.</summary>
internal sealed class ChangeService(StockSteps steps, IChangeStore store, BulkRuns bulkRuns) : IChanges
{
    private const int LongestName = 200;
    private const int LongestOperation = 150;
    private const int MostListed = 200;
    private const int EditsPerStep = 2_000;

    public Task<ChangeReceipt> EditAsync(
        AccountId accountId, ItemEdit edit, ChangeContext? context = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(edit);
        return MakeAsync(
            accountId, edit.ItemId, context, (batch, by) => batch.Edit(edit, by, JournalCauses.Edit), cancellationToken);
    }

    public Task<ChangeReceipt> SellAsync(
        AccountId accountId,
        long itemId,
        int copies,
        string reference,
        ChangeContext? context = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reference);
        if (copies < 1)
        {
            throw new ChangeRefusedException(
            [
                new ChangeFault(ChangeFaultReason.OutOfRange, itemId, nameof(copies), $"Item {itemId}: {copies} copies cannot be sold."),
            ]);
        }

        return MakeAsync(
            accountId,
            itemId,
            (context ?? new ChangeContext()) with { Reference = reference },
            (batch, by) => batch.Sell(itemId, copies, by),
            cancellationToken);
    }

    public async Task<ChangeReceipt> OfferAsync(
        AccountId accountId, NewItem item, ChangeContext? context = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(item);
        var by = Checked(context);
        if (NewItemCheck.Faults(item) is { Count: > 0 } faults)
        {
            throw new ChangeRefusedException(faults);
        }

        ChangeReceipt? receipt = null;
        var known = by.Reference is null ? null : await RepeatedAsync(accountId, by, cancellationToken).ConfigureAwait(false);
        if (known is not null)
        {
            return known;
        }

        await steps.RunAsync(
            accountId,
            Scope([], by),
            NewItemCheck.Details(item),
            step =>
            {
                // Two calls with one reference at once: the second finds the first here, and adds nothing.
                if (by.Reference is { } reference && step.Loaded!.KnownReferences.ContainsKey(reference))
                {
                    return null;
                }

                var batch = new EditBatch(step);
                receipt = batch.Offer(item.Quantity, by);
                return batch.Writes();
            },
            cancellationToken).ConfigureAwait(false);
        return receipt ?? (await RepeatedAsync(accountId, by, cancellationToken).ConfigureAwait(false))!;
    }

    public Task<ChangeReceipt> DeleteAsync(
        AccountId accountId,
        long itemId,
        long? expectedVersion = null,
        ChangeContext? context = null,
        CancellationToken cancellationToken = default) =>
        MakeAsync(accountId, itemId, context, (batch, by) => batch.Delete(itemId, expectedVersion, by), cancellationToken);

    public async IAsyncEnumerable<ItemEditResult> EditManyAsync(
        AccountId accountId,
        IAsyncEnumerable<ItemEdit> edits,
        BulkEdit options,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(edits);
        ArgumentNullException.ThrowIfNull(options);
        ThrowIfLong(options.OperationId, LongestOperation, "The operation");
        ThrowIfLong(options.Actor, LongestName, "The actor");
        var run = options.DryRun ? null : await bulkRuns.BeginAsync(accountId, options, cancellationToken).ConfigureAwait(false);
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, run?.Ended ?? CancellationToken.None);
            var parts = new EditParts(edits, EditsPerStep, either.Token);
            await using (parts.ConfigureAwait(false))
            {
                while (await NextAsync().ConfigureAwait(false) is { } results)
                {
                    foreach (var result in results)
                    {
                        yield return result;
                    }
                }

                run?.Complete();

                async Task<ItemEditResult[]?> NextAsync()
                {
                    try
                    {
                        var first = parts.Taken;
                        if (await parts.NextAsync().ConfigureAwait(false) is not { } part)
                        {
                            return null;
                        }

                        var results = await MakeManyAsync(accountId, part, first, options, run, either.Token).ConfigureAwait(false);
                        run?.Count(results);
                        options.Progress?.Report(parts.Taken);
                        return results;
                    }
                    catch (Exception exception) when (run is not null)
                    {
                        var told = await run.FailAsync(exception, cancellationToken.IsCancellationRequested).ConfigureAwait(false);
                        ExceptionDispatchInfo.Throw(told);
                        throw;
                    }
                }
            }
        }
        finally
        {
            if (run is not null)
            {
                await run.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    public async Task<StockChange?> FindAsync(AccountId accountId, Guid id, CancellationToken cancellationToken = default) =>
        await store.FindAsync(accountId, id, cancellationToken).ConfigureAwait(false) is { } row ? ChangeView.Of(row) : null;

    public async Task<IReadOnlyList<StockChange>> ListAsync(
        AccountId accountId, ChangeQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1, nameof(query));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, MostListed, nameof(query));
        var rows = await store.ListAsync(accountId, query.ItemId, query.OperationId, query.Before, query.Limit, cancellationToken)
            .ConfigureAwait(false);
        return [.. rows.Select(ChangeView.Of)];
    }

    private static StockScope Scope(IReadOnlyCollection<long> items, ChangeContext context) => new()
    {
        ForChanges = true, ItemIds = items, References = context.Reference is { } reference ? [reference] : [],
    };

    /// <summary>Checks who asks for a change.</summary>
    internal static ChangeContext Checked(ChangeContext? context)
    {
        if (context is null)
        {
            return new ChangeContext();
        }

        ThrowIfLong(context.Reference, LongestName, "The reference");
        ThrowIfLong(context.Actor, LongestName, "The actor");
        ThrowIfLong(context.OperationId, LongestName, "The operation");
        return context;
    }

    private static void ThrowIfLong(string? text, int longest, string what)
    {
        if (text?.Length > longest)
        {
            throw new ArgumentException($"{what} has {text.Length} characters; at most {longest} are allowed.", nameof(text));
        }
    }

    private async Task<ChangeReceipt> MakeAsync(
        AccountId accountId,
        long itemId,
        ChangeContext? context,
        Func<EditBatch, ChangeContext, (ChangeReceipt?, IReadOnlyList<ChangeFault>)> make,
        CancellationToken cancellationToken)
    {
        var by = Checked(context);
        ChangeReceipt? receipt = null;
        await steps.RunAsync(
            accountId,
            Scope([itemId], by),
            null,
            step =>
            {
                var batch = new EditBatch(step);
                (receipt, var faults) = make(batch, by);
                return receipt is null ? throw new ChangeRefusedException(faults) : batch.IsEmpty ? null : batch.Writes();
            },
            cancellationToken).ConfigureAwait(false);
        return receipt!;
    }

    private async Task<ItemEditResult[]> MakeManyAsync(
        AccountId accountId, ItemEdit[] edits, long first, BulkEdit options, BulkRun? run, CancellationToken cancellationToken)
    {
        var results = new ItemEditResult[edits.Length];
        var references = edits.Select((_, index) => $"{options.OperationId}/{first + index}").ToArray();
        await steps.RunAsync(
            accountId,
            new StockScope
            {
                ForChanges = true,
                ItemIds = edits.Select(edit => edit.ItemId).ToHashSet(),
                Fields = edits.Aggregate(ItemFields.None, (fields, edit) => fields | EditPlan.FieldsOf(edit)),
                SetsFieldsOnly = edits.All(edit => edit is
                {
                    Quantity: null, QuantityDelta: null, SafetyStock: null, UsesSafetyStockOfAccount: false,
                }),
                References = run?.MayRepeat == true ? references : [],
                Run = run?.Run,
            },
            null,
            step =>
            {
                var batch = new EditBatch(step);
                for (var i = 0; i < edits.Length; i++)
                {
                    var by = new ChangeContext { Reference = references[i], Actor = options.Actor, OperationId = options.OperationId };
                    var (receipt, faults) = batch.Edit(edits[i], by, JournalCauses.Edit);
                    results[i] = new ItemEditResult { Index = first + i, ItemId = edits[i].ItemId, Receipt = receipt, Faults = faults };
                }

                // All edits of a row in one step are written at once: it goes through no version in between.
                for (var i = 0; i < edits.Length; i++)
                {
                    var version = batch.VersionOf(edits[i].ItemId);
                    if (results[i].Receipt is { } receipt && version != receipt.RowVersion)
                    {
                        results[i] = results[i] with { Receipt = receipt with { RowVersion = version } };
                    }
                }

                return options.DryRun || batch.IsEmpty ? null : batch.Writes();
            },
            cancellationToken).ConfigureAwait(false);
        return results;
    }

    private async Task<ChangeReceipt?> RepeatedAsync(AccountId accountId, ChangeContext by, CancellationToken cancellationToken)
    {
        ChangeReceipt? receipt = null;
        var found = await store.FindByReferenceAsync(accountId, by.Reference!, cancellationToken).ConfigureAwait(false);
        if (found is not null)
        {
            await steps.RunAsync(
                accountId,
                Scope([found.Origin.ItemId], by),
                null,
                step =>
                {
                    receipt = new EditBatch(step).Repeated(found.Origin.ItemId, by);
                    return null;
                },
                cancellationToken).ConfigureAwait(false);
        }

        return receipt;
    }
}
