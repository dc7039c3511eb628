using System.Diagnostics;
using BrxSync.Client;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Changes.Pushing;
using BrxSync.Sync.Rereads;
using BrxSync.Sync.Steps;
using BrxSync.Sync.Stock;
using BrxSync.Sync.Stock.Changes;
using BrxSync.Sync.Stock.Items;

namespace BrxSync.Sync.Purchases;

/// <summary>What a purchase writes, each in one short transaction. No call to CardTrader is made within one.</summary>
internal sealed class PurchaseSteps(StockSteps steps, PushSettings settings)
{
    /// <summary>How the call is named that carries a purchase.</summary>
    public const string Call = "purchase";

    /// <summary>
    /// Until when a purchase is left to its process, counted from each of its steps. A purchase is given up well before.
    /// </summary>
    public static readonly TimeSpan LeftAlone = TimeSpan.FromMinutes(4);

    /// <summary>Takes the copies from the stock here.</summary>
    /// <returns>The reservation; or what keeps it from being made; or neither where the reference is known already.</returns>
    /// <exception cref="ChangeRefusedException">The account has no such item.</exception>
    public async Task<(Reservation? Reserved, PurchaseResult? Refused)> ReserveAsync(
        AccountRecord account, long itemId, int copies, ChangeContext context, CancellationToken cancellationToken)
    {
        Reservation? reserved = null;
        PurchaseResult? refused = null;
        await steps.RunAsync(
            account.Id,
            new StockScope { Seller = account.CardTraderUserId, ForChanges = true, ItemIds = [itemId], References = [context.Reference!] },
            null,
            step =>
            {
                if (step.Loaded!.KnownReferences.ContainsKey(context.Reference!))
                {
                    return null;
                }

                var (details, item) = Find(step, itemId);
                refused = Refusal(step, details, item, copies);
                if (refused is not null)
                {
                    return null;
                }

                var change = new LocalChange
                {
                    Id = Guid.CreateVersion7(), Product = details.Product, Kind = ChangeKind.Adjust, Delta = -copies,
                };
                step.Apply(
                    books => books.Reserve(change, step.Now.Now),
                    SourceId(change.Id),
                    editCause: JournalCauses.PurchaseReserve,
                    actor: context.Actor ?? JournalActors.Host);
                reserved = new Reservation(step.Books.Changes[change.Id], details, item.Copies).At(step.Books);
                return step.Writes() with
                {
                    Origins = new Dictionary<Guid, ChangeOrigin>
                    {
                        [change.Id] = new()
                        {
                            ItemId = itemId,
                            MadeAt = step.Now.Now,
                            Reference = context.Reference,
                            Actor = context.Actor,
                            OperationId = context.OperationId,
                            TraceParent = Activity.Current?.Id,
                        },
                    },
                    Attempts = reserved.IsSold ? [new ChangeAttempt { Id = change.Id, Call = Call }] : [Waiting(change.Id)],
                };
            },
            cancellationToken).ConfigureAwait(false);
        return (reserved, refused);
    }

    /// <summary>
    /// Applies a read of the product and decides by it. If the copies are there, the purchase is stored as sent; if they are not, they are
    /// given back.
    /// </summary>
    /// <returns>What was decided, with the reservation as it is now; no decision when it is not ours to send any more.</returns>
    public async Task<(ReservationVerdict? Verdict, Reservation Reserved)> ConfirmAsync(
        AccountRecord account, Reservation reserved, BlueprintRead read)
    {
        var (verdict, now) = ((ReservationVerdict?)null, reserved);
        var reading = new Reading(read.Window, read.Products.GetValueOrDefault(reserved.Product)?.Quantity ?? 0);
        await steps.RunAsync(
            account.Id,
            new StockScope
            {
                Seller = account.CardTraderUserId, ForChanges = true, Products = [reserved.Product], SalesSince = read.Window.From,
            },
            null,
            step =>
            {
                if (step.Books.Changes.GetValueOrDefault(reserved.Change.Id) is not { State: ChangeState.Reserved } change)
                {
                    return null;
                }

                if (!step.Loaded!.WritesEnabled)
                {
                    step.Apply(books => books.Release(change.Id, step.Now.Now), SourceId(change.Id));
                    var note = PurchaseView.Note(change.Id, PurchaseHindrance.WritesHeld, PurchaseView.Held);
                    return step.Writes() with { Attempts = [note] };
                }

                var attempt = Decide(step, change, reserved, reading, out var decided);
                change = step.Books.Changes.GetValueOrDefault(change.Id) ?? change;
                (verdict, now) = (decided, (reserved with { Change = change }).At(step.Books));
                return step.Writes() with { Attempts = attempt is null ? [] : [attempt] };
            },
            CancellationToken.None).ConfigureAwait(false);
        return (verdict, now);
    }

    private ChangeAttempt? Decide(
        StockStep step, LocalChange change, Reservation reserved, Reading reading, out ReservationVerdict verdict)
    {
        var product = change.Product;
        step.Apply(books => books.SeenBy(reserved.Answered, reading.Window), SourceId(change.Id));
        var books = step.Books;
        verdict = ReservationRule.Decide(
            change, reading, books.Orders.CountedOf(product), books.Orders.EndedOf(product), [.. books.ChangesOf(product)]);
        if (verdict == ReservationVerdict.NotEnough)
        {
            // First given back, then read: what was reserved in vain is no oversell.
            step.Apply(before => before.GiveBack(change.Id, step.Now.Now), SourceId(change.Id));
            Read(step, product, reading, reserved);
            return PurchaseView.Note(
                change.Id,
                reading.Quantity == 0 ? PurchaseCodes.Gone : PurchaseCodes.NotEnough,
                $"CardTrader has {reading.Quantity} copies, {-change.Delta} were asked for.");
        }

        Read(step, product, reading, reserved);
        if (verdict == ReservationVerdict.Wait)
        {
            return null;
        }

        step.Apply(before => before.Send(change.Id, step.Now.Now, reading), SourceId(change.Id));
        return Waiting(change.Id);
    }

    private static void Read(StockStep step, ProductId product, Reading reading, Reservation reserved) => step.Apply(
        books => books.ApplyReread(
            reading.Window,
            [product],
            reading.Quantity > 0 ? new Dictionary<ProductId, int> { [product] = reading.Quantity } : [],
            reserved.Requests,
            step.Now),
        $"reread {reading.Window.From.UtcDateTime:O}");

    private static (ItemDetails Details, StockItem Item) Find(StockStep step, long itemId) =>
        step.Loaded!.Details.Values.FirstOrDefault(row => row.Id == itemId) is { } details
        && step.Books.Items.TryGetValue(details.Product, out var item) && !item.Presence.IsRemoved
            ? (details, item)
            : throw new ChangeRefusedException(
            [
                new ChangeFault(
                    ChangeFaultReason.UnknownItem,
                    itemId,
                    string.Empty,
                    $"The account has no item {itemId}. List the stock to find it."),
            ]);

    private PurchaseResult? Refusal(StockStep step, ItemDetails details, StockItem item, int copies)
    {
        var result = new PurchaseResult
        {
            Outcome = PurchaseOutcome.NotLinked,
            ItemId = details.Id,
            ProductId = ProvisionalProduct.Is(details.Product) ? null : details.Product,
            CopiesWanted = copies,
            QuantityBefore = item.Copies,
            QuantityAfter = item.Copies,
        };
        return result switch
        {
            _ when copies <= step.Books.OnTheShelf(item) => null,
            { ProductId: null } => result with { Error = $"Item {details.Id} is not linked to a product of CardTrader." },
            _ when item.Copies < copies => result with
            {
                Outcome = PurchaseOutcome.NotEnough, Error = $"Item {details.Id} has {item.Copies} copies, {copies} were asked for.",
            },
            _ when step.Books.Sellable(item) < copies => result with
            {
                Outcome = PurchaseOutcome.NotEnough,
                Error = $"Of the {item.Copies} copies of item {details.Id}, {item.Copies - step.Books.Sellable(item)} are being taken off "
                    + $"CardTrader at this moment, {copies} were asked for: try again in a minute.",
            },
            _ when !step.Loaded!.WritesEnabled || !settings.Options.WritesEnabled => result with
            {
                Outcome = PurchaseOutcome.Unavailable, Hindrance = PurchaseHindrance.WritesHeld, Error = PurchaseView.Held,
            },
            _ => null,
        };
    }

    private ChangeAttempt Waiting(Guid id) => new() { Id = id, Call = Call, NotBefore = settings.Time.GetUtcNow() + LeftAlone };

    private static string SourceId(Guid change) => $"change {change}";
}
