using BrxSync.Client;
using BrxSync.Client.Jobs;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Changes.Editing;
using BrxSync.Sync.Retries;
using BrxSync.Sync.Steps;
using BrxSync.Sync.Stock;
using BrxSync.Sync.Stock.Changes;
using BrxSync.Sync.Stock.Items;

namespace BrxSync.Sync.Changes.Pushing;

/// <summary>
/// What a push writes. A change is stored as sent before the first byte leaves, and settled by the answer; what a process that ended
/// left between the two is in doubt.
/// </summary>
internal sealed class PushSteps(StockSteps steps, PushSettings settings)
{
    /// <summary>Gathers the changes of products that wait, and marks those of a kind as sent.</summary>
    /// <param name="account">The account as it was when the push began.</param>
    /// <param name="turn">The turn to send its changes.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="rows">The changes of the products, oldest first, as they were listed.</param>
    /// <param name="plans">What may be sent of their properties.</param>
    /// <param name="atWork">Products that are being put on sale, or in doubt: equal ones wait for them.</param>
    /// <param name="call">How the call is named that is to carry them.</param>
    /// <param name="cancellationToken">Cancels before the commit.</param>
    /// <returns>The changes to be sent, one a product at most; none while changes may not be sent.</returns>
    public async Task<IReadOnlyList<ClaimedChange>> ClaimAsync(
        AccountRecord account,
        PushTurn turn,
        ChangeKind kind,
        IReadOnlyCollection<ChangeRow> rows,
        PropertyPlans plans,
        IReadOnlyCollection<ProductId> atWork,
        string call,
        CancellationToken cancellationToken)
    {
        var byProduct = rows.ToLookup(row => row.Change.Product);
        var known = rows.ToDictionary(row => row.Change.Id, row => row.Attempt);
        var claimed = new List<ClaimedChange>();
        await steps.RunAsync(
            account.Id,
            Scope(account, byProduct.Select(product => product.Key).Union(atWork)),
            null,
            step =>
            {
                turn.Require(step);
                if (!step.Loaded!.WritesEnabled)
                {
                    return null;
                }

                var listings = new EqualListings(step);
                foreach (var product in byProduct)
                {
                    if (kind == ChangeKind.Create && !listings.TryAdd(product.Key))
                    {
                        continue;
                    }

                    if (Claim(step, kind, product, plans) is { } claim)
                    {
                        var attempt = known.GetValueOrDefault(claim.Change.Id) ?? new ChangeAttempt { Id = claim.Change.Id };
                        var remarks = claim.Properties is null ? [] : plans.RemarksOn(product.Key);
                        claimed.Add(claim with
                        {
                            Attempt = attempt with
                            {
                                Call = call, JobId = null, JobIndex = null, NotBefore = null, Remarks = ChangeView.ToJson(remarks),
                            },
                        });
                    }
                }

                return step.Writes() with { Attempts = [.. claimed.Select(claim => claim.Attempt)] };
            },
            cancellationToken).ConfigureAwait(false);
        return claimed;
    }

    /// <summary>Moves copies of rows between CardTrader and those held back, as their safety stock asks for.</summary>
    /// <param name="account">The account as it was when the push began.</param>
    /// <param name="items">The rows.</param>
    /// <param name="cancellationToken">Cancels before the commit.</param>
    public Task DivideAsync(AccountRecord account, IReadOnlyList<long> items, CancellationToken cancellationToken) => steps.RunAsync(
        account.Id,
        new StockScope { Seller = account.CardTraderUserId, ForChanges = true, ItemIds = items },
        step =>
        {
            var batch = new EditBatch(step);
            foreach (var item in items)
            {
                batch.Divide(item, new ChangeContext { Actor = step.Loaded!.SafetyActor });
            }

            return batch.Writes();
        },
        cancellationToken);

    /// <summary>Notes the job that carries changes out, before it is asked for the first time.</summary>
    public Task NoteJobAsync(AccountRecord account, PushTurn turn, IReadOnlyList<ClaimedChange> changes, JobId job) => steps.RunAsync(
        account.Id,
        new StockScope { Seller = account.CardTraderUserId },
        step =>
        {
            turn.Require(step);
            return step.Writes() with
            {
                Attempts = [.. changes.Select((change, index) => change.Attempt with { JobId = job.Value, JobIndex = index })],
            };
        },
        CancellationToken.None);

    /// <summary>Applies how sending changes ended.</summary>
    /// <param name="account">The account as it was when the push began.</param>
    /// <param name="turn">The turn in which they were sent; null for a purchase, which needs none.</param>
    /// <param name="verdicts">The changes, how sending them went so far, and how it ended.</param>
    /// <returns>How many are done, and how many failed for good.</returns>
    public async Task<(int Done, int Failed)> SettleAsync(
        AccountRecord account,
        PushTurn? turn,
        IReadOnlyList<(LocalChange Change, ChangeAttempt Attempt, ChangeVerdict Verdict)> verdicts)
    {
        var (done, failed) = (0, 0);
        var products = verdicts.Select(verdict => verdict.Change.Product)
            .Concat(verdicts.Select(verdict => verdict.Verdict.Product).OfType<ProductId>());
        await steps.RunAsync(
            account.Id,
            Scope(account, products.ToHashSet()),
            null,
            step =>
            {
                turn?.Require(step);
                var settlement = new Settlement(step, settings.Time.GetUtcNow(), settings.Options.Attempts);
                foreach (var (change, attempt, verdict) in verdicts)
                {
                    settlement.Apply(change.Id, attempt, verdict);
                }

                (done, failed) = (settlement.Done, settlement.Failed);
                return settlement.Writes();
            },
            CancellationToken.None).ConfigureAwait(false);
        return (done, failed);
    }

    /// <summary>Gives the copies of a purchase back of which nothing was sent.</summary>
    /// <param name="account">The account as it was when the purchase began.</param>
    /// <param name="change">The purchase.</param>
    /// <param name="attempt">How it went, and why it did not come about.</param>
    /// <returns>False when it is settled, or sent, already.</returns>
    public async Task<bool> ReleaseAsync(AccountRecord account, LocalChange change, ChangeAttempt attempt)
    {
        var isReleased = false;
        await steps.RunAsync(
            account.Id,
            Scope(account, [change.Product]),
            null,
            step =>
            {
                if (step.Books.Changes.GetValueOrDefault(change.Id)?.State != ChangeState.Reserved)
                {
                    return null;
                }

                isReleased = true;
                step.Apply(books => books.Release(change.Id, step.Now.Now), $"change {change.Id}");
                return step.Writes() with { Attempts = [attempt] };
            },
            CancellationToken.None).ConfigureAwait(false);
        return isReleased;
    }

    private static StockScope Scope(AccountRecord account, IEnumerable<ProductId> products) =>
        new() { Seller = account.CardTraderUserId, ForChanges = true, Products = [.. products] };

    /// <summary>Gives what the rows of products hold. Nothing is written.</summary>
    public async Task<IReadOnlyDictionary<ProductId, ItemDetails>> DetailsAsync(
        AccountRecord account, IEnumerable<ProductId> products, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<ProductId, ItemDetails> details = new Dictionary<ProductId, ItemDetails>();
        await steps.RunAsync(
            account.Id,
            Scope(account, products),
            null,
            step =>
            {
                details = step.Loaded!.Details;
                return null;
            },
            cancellationToken).ConfigureAwait(false);
        return details;
    }

    /// <summary>Leaves changes alone for a while.</summary>
    public Task PostponeAsync(AccountRecord account, IReadOnlyList<ChangeRow> rows, string reason, CancellationToken cancellationToken) =>
        steps.RunAsync(
            account.Id,
            new StockScope { Seller = account.CardTraderUserId },
            step => step.Writes() with
            {
                Attempts =
                [
                    .. rows.Select(row => row.Attempt with
                    {
                        Attempts = row.Attempt.Attempts + 1,
                        NotBefore = settings.Time.GetUtcNow() + Backoff.After(row.Attempt.Attempts, LongestPause.OfChange),
                        Error = reason,
                    }),
                ],
            },
            cancellationToken);

    private static ClaimedChange? Claim(StockStep step, ChangeKind kind, IGrouping<ProductId, ChangeRow> rows, PropertyPlans plans)
    {
        var product = rows.Key;
        if (step.Loaded!.Details.GetValueOrDefault(product) is not { } details)
        {
            return null;
        }

        step.Apply(books => books.Gather(product, TakenBack(step, rows, details)), string.Empty);
        if (kind == ChangeKind.Create && step.Books.Items[product].Quantity == 0)
        {
            // The last copy was sold elsewhere before it was ever on sale there.
            step.Apply(books => books.Withdraw(product), string.Empty);
            return null;
        }

        var changes = step.Books.ChangesOf(product).ToArray();
        if (changes.FirstOrDefault(change => change.Kind == kind && PushRule.MaySend(change, changes)) is not { } waiting)
        {
            return null;
        }

        // One that came back to waiting since the rows were listed has its own time, and tries that count: the next push finds both.
        if (!rows.Any(row => row.Change.Id == waiting.Id))
        {
            return null;
        }

        // A row that was edited again since its properties were planned waits for a plan of its own.
        var needsPlan = kind == ChangeKind.Create || (waiting.Fields & ItemFields.Properties) != ItemFields.None;
        var plan = needsPlan ? plans.Find(details) : null;
        if (needsPlan && plan is null)
        {
            return null;
        }

        step.Apply(books => books.Send(waiting.Id, step.Now.Now), string.Empty);
        return new ClaimedChange(step.Books.Changes[waiting.Id], details, new ChangeAttempt { Id = waiting.Id }) { Properties = plan };
    }

    /// <summary>
    /// The fields that have here the value again that they had before the first change of them that waits, and that they still have there
    /// as far as anybody knows: not when a read since then may have said another, nor while our mark stands in one.
    /// </summary>
    private static ItemFields TakenBack(StockStep step, IGrouping<ProductId, ChangeRow> rows, ItemDetails details)
    {
        var (seen, back) = (ItemFields.None, ItemFields.None);
        foreach (var row in rows.Where(row => row.Origin.Content is not null))
        {
            var content = ChangeContent.Parse(row.Origin.ItemId, row.Origin.Content!);
            back |= IsReadSince(step, row) ? ItemFields.None : content.TakenBack(details) & ~seen;
            back &= ListingMark.IsAny(content.Previous.UserDataField) ? ~ItemFields.UserData : ~ItemFields.None;

            // It carries what others before it were to set, too.
            seen |= content.Previous.Fields | row.Change.Fields;
        }

        return back;
    }

    private static bool IsReadSince(StockStep step, ChangeRow row) =>
        step.Books.Items[row.Change.Product].LastRead?.Window.To >= row.CreatedAt;
}
