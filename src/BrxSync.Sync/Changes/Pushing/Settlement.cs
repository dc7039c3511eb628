using BrxSync.Client;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Changes.Editing;
using BrxSync.Sync.Retries;
using BrxSync.Sync.Steps;
using BrxSync.Sync.Stock;
using BrxSync.Sync.Stock.Changes;
using BrxSync.Sync.Stock.Items;

namespace BrxSync.Sync.Changes.Pushing;

/// <summary>Applies how sending changes ended, within one step, and gathers what is to be written with it.</summary>
/// <param name="step">The step.</param>
/// <param name="now">The time, by our clock.</param>
/// <param name="attempts">How often a change is tried.</param>
internal sealed class Settlement(StockStep step, DateTimeOffset now, int attempts)
{
    private readonly List<ChangeAttempt> _attempts = [];
    private readonly Dictionary<ProductId, ItemDetails> _details = new(step.Loaded!.Details);
    private readonly Dictionary<long, EditedItem> _edited = [];
    private readonly List<DeadLetterEntry> _letters = [];
    private readonly Dictionary<Guid, ChangeOrigin> _origins = [];
    private readonly Dictionary<ProductId, (int? Before, int? After)> _prices = [];

    /// <summary>Gets how many changes are done.</summary>
    public int Done { get; private set; }

    /// <summary>Gets how many changes failed for good.</summary>
    public int Failed { get; private set; }

    /// <summary>Applies how one change ended. One that is settled already stays so.</summary>
    public void Apply(Guid id, ChangeAttempt attempt, ChangeVerdict verdict)
    {
        if (!step.Books.Changes.TryGetValue(id, out var change) || change.State is not (ChangeState.Sent or ChangeState.InDoubt))
        {
            return;
        }

        // What a blueprint allows changes over the years: it is read anew, and the change tried once more.
        if (verdict is { Outcome: SendOutcome.Rejected, Code: PropertyPlans.Refused } && attempt.ErrorCode != PropertyPlans.Refused)
        {
            verdict = verdict with { Outcome = SendOutcome.NotSent, GoesAlone = true };
        }

        if (change.Kind == ChangeKind.Create && verdict is { Outcome: SendOutcome.Done, Product: { } product })
        {
            Link(change, product, verdict.IsSoldOut);
        }
        else
        {
            Answer(change, attempt, verdict);
        }

        Note(change, attempt, verdict);
    }

    /// <summary>Gives what is to be written.</summary>
    public StockWrites Writes()
    {
        var writes = step.Writes();
        return writes with
        {
            Attempts = [.. writes.Attempts, .. _attempts],
            Journal = [.. writes.Journal.Select(Priced)],
            EditedItems = [.. _edited.Values],
            Origins = _origins,
            DeadLetters = [.. writes.DeadLetters, .. _letters],
        };
    }

    private void Answer(LocalChange change, ChangeAttempt attempt, ChangeVerdict verdict)
    {
        // A product that is on sale, but under an id that was not told, is found by its mark.
        var outcome = change.Kind == ChangeKind.Create && verdict.Outcome == SendOutcome.Done ? SendOutcome.AnswerLost : verdict.Outcome;
        step.Apply(books => books.Answer(change.Id, outcome, step.Now.Now), SourceId(change));
        if (step.Books.Changes[change.Id].State == ChangeState.Waiting && !verdict.BarsAccount && attempt.Attempts + 1 >= attempts)
        {
            step.Apply(books => books.GiveUp(change.Id, step.Now.Now), SourceId(change));
        }
    }

    private void Note(LocalChange change, ChangeAttempt attempt, ChangeVerdict verdict)
    {
        var state = step.Books.Changes[change.Id].State;
        Done += state == ChangeState.Acknowledged ? 1 : 0;
        Failed += state == ChangeState.Failed ? 1 : 0;
        var tries = attempt.Attempts + (state == ChangeState.Acknowledged || verdict.BarsAccount ? 0 : 1);
        if (state == ChangeState.Failed)
        {
            _letters.Add(ChangeLetters.Of(
                change,
                _details.GetValueOrDefault(change.Product)?.Id,
                attempt.Content,
                verdict.Code ?? "failed",
                verdict.Error ?? "CardTrader did not carry it out.",
                tries));
        }

        _attempts.Add(attempt with
        {
            Attempts = tries,
            NotBefore = state switch
            {
                ChangeState.Waiting when verdict.GoesAlone || verdict.BarsAccount => null,
                ChangeState.Waiting => now + Backoff.After(attempt.Attempts, LongestPause.OfChange),
                ChangeState.InDoubt => now + (change.Kind == ChangeKind.Create ? ListingRule.LongestJob : TimeSpan.Zero),
                _ => null,
            },
            IsAlone = attempt.IsAlone || verdict.GoesAlone,
            ErrorCode = verdict.Code,
            Error = verdict.Error,
            Remarks = verdict.Remarks ?? attempt.Remarks,
        });
    }

    /// <summary>
    /// The mark has done its duty: the seller's own text takes its place there. Where two rows become one, what was edited of the new one
    /// goes over to the other.
    /// </summary>
    private void Link(LocalChange change, ProductId product, bool isSoldOut)
    {
        var own = _details.GetValueOrDefault(change.Product);
        var known = _details.GetValueOrDefault(product);
        var edited = Merge(change, own, known);
        var withdrawal = Guid.CreateVersion7();
        if (known is null)
        {
            _prices[product] = (null, own?.PriceCents);
            if (own is not null)
            {
                // Should another listing of this batch have become the same product, it finds the row here.
                _details[product] = own with { Product = product };
            }
        }

        step.Apply(
            books => books.Link(change.Id, product, withdrawal, step.Now.Now), SourceId(change), editCause: JournalCauses.Listing);
        var item = known?.Id ?? own?.Id ?? ProvisionalProduct.ItemOf(change.Product);
        if (step.Books.Changes.ContainsKey(withdrawal))
        {
            _origins[withdrawal] = new ChangeOrigin { ItemId = item, MadeAt = step.Now.Now };
        }

        if (isSoldOut)
        {
            step.Apply(books => books.SellOut(product), SourceId(change));
            return;
        }

        var text = new EditedItem { Id = item, Fields = ItemFields.UserData, UserDataField = own?.UserDataField };
        var restoring = new LocalChange
        {
            Id = Guid.CreateVersion7(), Product = product, Kind = ChangeKind.SetFields, Fields = ItemFields.UserData,
        };
        step.Apply(books => books.Queue(restoring), SourceId(change));
        var all = (edited ?? text) with { Fields = (edited?.Fields ?? ItemFields.None) | ItemFields.UserData };
        _edited[item] = all.Over(_edited.GetValueOrDefault(item));
        _origins[restoring.Id] = new ChangeOrigin
        {
            ItemId = item,
            MadeAt = step.Now.Now,
            Content = new ChangeContent(text, text with { UserDataField = ListingMark.Text(change, own?.UserDataField) }).ToJson(),
        };
    }

    /// <summary>Gives the values that wait to be sent for a row, for the row that takes its place; null for none.</summary>
    private EditedItem? Merge(LocalChange change, ItemDetails? own, ItemDetails? known)
    {
        var fields = step.Books.ChangesOf(change.Product)
            .Where(other => other is { Kind: ChangeKind.SetFields, State: ChangeState.Waiting })
            .Aggregate(ItemFields.None, (all, other) => all | other.Fields);
        if (own is null || known is null || fields == ItemFields.None)
        {
            return null;
        }

        if ((fields & ItemFields.Price) != ItemFields.None && own.PriceCents != known.PriceCents
            && step.Books.Items.TryGetValue(known.Product, out var item))
        {
            _prices[known.Product] = (known.PriceCents, own.PriceCents);
            step.Apply(
                books => books.Enter(item, JournalCause.Edit, 0, ItemFields.Price), SourceId(change), editCause: JournalCauses.Listing);
        }

        return new EditedItem
        {
            Id = known.Id,
            Fields = fields,
            PriceCents = own.PriceCents,
            Description = own.Description,
            Properties = own.Properties,
            Graded = own.Graded,
            UserDataField = own.UserDataField,
        };
    }

    private JournalLine Priced(JournalLine line) =>
        (line.Fields & ItemFields.Price) != ItemFields.None && _prices.TryGetValue(line.Product, out var prices)
            ? line with { PriceBefore = prices.Before, PriceAfter = prices.After }
            : line;

    private static string SourceId(LocalChange change) => $"change {change.Id}";
}
