using BrxSync.Client;
using BrxSync.Client.Inventory;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Changes.Editing;
using BrxSync.Sync.Changes.Properties;
using BrxSync.Sync.Retries;
using BrxSync.Sync.Steps;
using BrxSync.Sync.Stock;
using BrxSync.Sync.Stock.Changes;
using BrxSync.Sync.Stock.Items;

namespace BrxSync.Sync.Changes.Pushing;

/// <summary>Lets reads decide about changes whose answers were lost, and writes what came of it.</summary>
internal sealed class DoubtSteps(IStockStore store, StockSteps steps, PushSteps pushes, PushSettings settings)
{
    private const int Requests = 500;

    /// <summary>Tells of which blueprints the items are. Nothing is written.</summary>
    public async Task<IReadOnlyDictionary<ProductId, BlueprintId>> BlueprintsOfAsync(
        AccountRecord account, IReadOnlyList<ChangeRow> rows, CancellationToken cancellationToken)
    {
        var details = await pushes.DetailsAsync(account, rows.Select(row => row.Change.Product).Distinct(), cancellationToken)
            .ConfigureAwait(false);
        return details.ToDictionary(item => item.Key, item => item.Value.Blueprint);
    }

    /// <summary>Gives the requests for reads that are known now: a read that is begun later meets them.</summary>
    public async Task<IReadOnlyDictionary<ProductId, DateTimeOffset>> RequestsAsync(
        AccountRecord account, CancellationToken cancellationToken) =>
        (await store.ListRereadsAsync(account.Id, Requests, cancellationToken).ConfigureAwait(false))
            .Select(request => request.Request).OfProducts();

    /// <summary>Decides by a read.</summary>
    /// <returns>How many changes had their effect, and how many a person has to look at.</returns>
    public async Task<(int Done, int Failed)> DecideAsync(
        AccountRecord account,
        PushTurn turn,
        DoubtRead read,
        IReadOnlyDictionary<ProductId, DateTimeOffset> known,
        CancellationToken cancellationToken)
    {
        var adjusted = await AdjustedAsync(account, turn, read, known, cancellationToken).ConfigureAwait(false);
        var listed = await ListedAsync(account, turn, read, cancellationToken).ConfigureAwait(false);
        return (adjusted.Done + listed.Done, adjusted.Failed + listed.Failed);
    }

    private async Task<(int Done, int Failed)> AdjustedAsync(
        AccountRecord account,
        PushTurn turn,
        DoubtRead read,
        IReadOnlyDictionary<ProductId, DateTimeOffset> known,
        CancellationToken cancellationToken)
    {
        var rows = read.Changes.Where(row => row.Change.Kind == ChangeKind.Adjust).ToArray();
        var asked = rows.Select(row => row.Change.Product).ToHashSet();
        if (asked.Count == 0)
        {
            return (0, 0);
        }

        var quantities = read.Products.ToDictionary(product => product.Key, product => product.Value.Quantity);
        var (done, failed) = (0, 0);
        await steps.RunAsync(
            account.Id,
            new StockScope
            {
                Seller = account.CardTraderUserId, Products = [.. asked.Union(quantities.Keys)], SalesSince = read.Window.From,
            },
            step =>
            {
                turn.Require(step);
                step.Apply(
                    books => books.ApplyReread(read.Window, asked, quantities, known, step.Now),
                    $"reread {read.Window.From.UtcDateTime:O}");
                var states = rows.Select(row => (Row: row, StateOf(step.Books, row).State)).ToArray();
                done = states.Count(state => state.State == ChangeState.Acknowledged);
                failed = states.Count(state => state.State == ChangeState.Failed);
                return step.Writes() with { Attempts = [.. states.Select(state => Note(state.Row, state.State))] };
            },
            cancellationToken).ConfigureAwait(false);
        return (done, failed);
    }

    private async Task<(int Done, int Failed)> ListedAsync(
        AccountRecord account, PushTurn turn, DoubtRead read, CancellationToken cancellationToken)
    {
        var rows = read.Changes.Where(row => row.Change.Kind == ChangeKind.Create).ToArray();
        if (rows.Length == 0)
        {
            return (0, 0);
        }

        var (done, failed) = (0, 0);
        await steps.RunAsync(
            account.Id,
            new StockScope
            {
                Seller = account.CardTraderUserId,
                ForChanges = true,
                Products =
                [
                    .. rows.Select(row => row.Change.Product).Concat(read.Products.Keys).Concat(read.Sold.Values.OfType<ProductId>())
                        .Distinct(),
                ],
            },
            null,
            step =>
            {
                turn.Require(step);
                var settlement = new Settlement(step, settings.Time.GetUtcNow(), settings.Options.Attempts);
                foreach (var row in rows)
                {
                    // Another process may have decided meanwhile, and sent it once more: of that, this read says nothing.
                    if (step.Books.Changes.TryGetValue(row.Change.Id, out var change)
                        && (change.State, change.SentAt) == (ChangeState.InDoubt, row.Change.SentAt)
                        && Verdict(row, step.Loaded!.Details.GetValueOrDefault(row.Change.Product), read) is { } verdict)
                    {
                        settlement.Apply(row.Change.Id, row.Attempt, verdict);
                    }
                }

                (done, failed) = (settlement.Done, settlement.Failed);
                return settlement.Writes();
            },
            cancellationToken).ConfigureAwait(false);
        return (done, failed);
    }

    private static LocalChange StateOf(AccountBooks books, ChangeRow row) =>
        books.Changes.GetValueOrDefault(row.Change.Id) ?? books.Forgotten.GetValueOrDefault(row.Change.Id) ?? row.Change;

    private ChangeAttempt Note(ChangeRow row, ChangeState state) => state switch
    {
        ChangeState.InDoubt => row.Attempt with
        {
            Attempts = row.Attempt.Attempts + 1,
            NotBefore = settings.Time.GetUtcNow() + Backoff.After(row.Attempt.Attempts, LongestPause.OfChange),
        },
        ChangeState.Superseded => row.Attempt with
        {
            NotBefore = null, ErrorCode = PurchaseCodes.NoEffect, Error = "The answer was lost, and CardTrader still has the copies.",
        },
        ChangeState.Failed => row.Attempt with
        {
            ErrorCode = DeadLetterKinds.InDoubt,
            Error = "The answer was lost, and what CardTrader has does not tell whether it had its effect.",
        },
        _ => row.Attempt with { NotBefore = null, ErrorCode = null, Error = null },
    };

    private static ChangeVerdict? Verdict(ChangeRow row, ItemDetails? details, DoubtRead read)
    {
        var marked = read.Products.Values.Where(product => ListingMark.IsOn(product.UserDataField, row.Change)).ToArray();
        if (marked.Length == 0 && read.Sold.TryGetValue(row.Change.Id, out var sold))
        {
            return sold is null
                ? new ChangeVerdict(SendOutcome.Rejected)
                {
                    Code = DeadLetterKinds.InDoubt,
                    Error = "It was put on sale and sold before its id was known, and the order does not name it.",
                }
                : new ChangeVerdict(SendOutcome.Done) { Product = sold, IsSoldOut = true };
        }

        var equal = read.Products.Values.FirstOrDefault(product => details is not null && IsEqual(product, details));
        return ListingRule.Decide(row.Change, read.Window, marked.Length > 0 ? marked[0].Id : null, equal is not null) switch
        {
            DoubtVerdict.HadEffect => new ChangeVerdict(SendOutcome.Done) { Product = marked[0].Id },
            DoubtVerdict.HadNoEffect => new ChangeVerdict(SendOutcome.NotSent) { Code = "not_listed", Error = "It was not put on sale." },
            DoubtVerdict.Unexplained => new ChangeVerdict(SendOutcome.Rejected)
            {
                Code = DeadLetterKinds.InDoubt,
                Error = $"The answer was lost, and an equal product {equal!.Id} with {equal.Quantity} copies "
                    + $"may hold the {row.Change.Delta} or not.",
            },
            _ => null,
        };
    }

    /// <summary>What makes two products equal is not documented: the properties that were sent are looked at, and nothing else.</summary>
    private static bool IsEqual(Product product, ItemDetails details) =>
        PropertyValues.Of(StoredProperties.Read(details.Properties)).All(wanted =>
            product.Properties.Values.TryGetValue(wanted.Key, out var value)
            && string.Equals(value.ToString(), wanted.Value.ToString(), StringComparison.OrdinalIgnoreCase));
}
