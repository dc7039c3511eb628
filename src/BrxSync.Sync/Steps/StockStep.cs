using System.Collections.Immutable;
using BrxSync.Client;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Stock;
using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Items;
using BrxSync.Sync.Stock.Orders;

namespace BrxSync.Sync.Steps;

/// <summary>
/// One step on a slice of an account's books: the rules are applied to it any number of times, and what is to be written is the
/// difference between the last books and the first.
/// </summary>
internal sealed class StockStep
{
    private readonly AccountBooks _before;
    private readonly List<JournalLine> _journal = [];

    public StockStep(AccountBooks before, Present now) => (_before, Books, Now) = (before, before, now);

    public StockStep(LoadedBooks loaded, Present now)
        : this(loaded.Books, now) =>
        (AppliedDeliveries, DeadLetters, Loaded) = (loaded.AppliedDeliveries, loaded.DeadLetters, loaded);

    /// <summary>Gets what was loaded; null for a step on books that were put together elsewhere.</summary>
    public LoadedBooks? Loaded { get; }

    /// <summary>Gets the present, in CardTrader's clock.</summary>
    public Present Now { get; }

    /// <summary>Gets which of the scope's deliveries were applied before.</summary>
    public IReadOnlySet<string> AppliedDeliveries { get; init; } = ImmutableHashSet<string>.Empty;

    /// <summary>Gets the latest dead letter of each key of the scope that has one, as the step began.</summary>
    public IReadOnlyList<DeadLetter> DeadLetters { get; init; } = [];

    /// <summary>Gets the books as they are now.</summary>
    public AccountBooks Books { get; private set; }

    /// <summary>Applies a rule, and notes what caused the raises and falls that came of it.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="sourceId">The delivery, order or operation behind it.</param>
    /// <param name="readCause">What a raise or fall by a read is called in the journal.</param>
    /// <param name="absenceCause">What a fall by a read that lacked the product is called in the journal.</param>
    /// <param name="editCause">What a raise or fall on our side is called in the journal.</param>
    /// <param name="actor">Who is behind it; null for the marketplace.</param>
    public void Apply(
        Func<AccountBooks, AccountBooks> rule,
        string sourceId,
        string readCause = JournalCauses.Reread,
        string absenceCause = JournalCauses.Reread,
        string editCause = JournalCauses.Edit,
        string? actor = null)
    {
        Books = rule(Books.Journal.IsEmpty ? Books : Books with { Journal = [] });
        foreach (var entry in Books.Journal)
        {
            var cause = entry.Cause switch
            {
                _ when entry.Oversold > 0 => JournalCauses.Oversell,
                JournalCause.Sale => JournalCauses.Sale,
                JournalCause.Read => readCause,
                JournalCause.Absence => absenceCause,
                JournalCause.Release => JournalCauses.PurchaseRelease,
                _ => editCause,
            };
            _journal.Add(new JournalLine(
                entry.Product, cause, sourceId, entry.Before, entry.After, entry.Oversold, actor, entry.Fields));
        }
    }

    /// <summary>Finds the latest dead letter of a key of the scope, as the step began.</summary>
    public DeadLetter? FindDeadLetter(DeadLetterKey key) => DeadLetters.FirstOrDefault(letter => DeadLetterKey.Of(letter) == key);

    /// <summary>Gives the differences.</summary>
    public StockWrites Writes()
    {
        var (added, changed, dropped) = Ledger();
        return new StockWrites
        {
            NewOrders = [.. Books.Orders.Orders.Values.Where(order => !_before.Orders.Orders.ContainsKey(order.Id))],
            Orders = [.. Books.Orders.Orders.Values.Where(order => Differs(order, _before.Orders.Orders.GetValueOrDefault(order.Id)))],
            NewLedger = added,
            Ledger = changed,
            DroppedLines = dropped,
            Items = ReferenceEquals(Books.Items, _before.Items)
                ? []
                :
                [
                    .. Books.Items.Values
                        .Where(item => item != _before.Items.GetValueOrDefault(item.Product) && !Books.Links.ContainsKey(item.Product)),
                ],
            Journal = _journal,
            Rereads =
            [
                .. Books.Rereads.Where(asked => !_before.Rereads.TryGetValue(asked.Key, out var known) || known != asked.Value)
                    .Select(asked => new RereadRequest(asked.Key, null, asked.Value)),
                .. Books.RereadBlueprints.Except(_before.RereadBlueprints)
                    .Select(blueprint => new RereadRequest(null, blueprint, Now.Now)),
            ],
            MetRereads =
            [
                .. _before.Rereads.Where(asked => !Books.Rereads.TryGetValue(asked.Key, out var now) || now < asked.Value)
                    .Select(asked => new RereadRequest(asked.Key, null, asked.Value)),
            ],
            Fetches = [.. Books.Fetches.Except(_before.Fetches)],
            Notices = [.. Books.Notices.Except(_before.Notices)],
            Changes =
            [
                .. Books.Changes.Values.Concat(Books.Forgotten.Values)
                    .Where(change => change != _before.Changes.GetValueOrDefault(change.Id)),
            ],
            Links =
            [
                .. Books.Links.Select(link => new ItemLink(ProvisionalProduct.ItemOf(link.Key), link.Value)),
            ],
            DeadLetters = [.. ChangeLetters.OfUndecided(_before, Books)],
            ForgottenChanges = [.. Books.Forgotten.Values],
            ForgottenOrders = ReferenceEquals(Books.Orders, _before.Orders)
                ? []
                : [.. _before.Orders.Orders.Keys.Where(order => !Books.Orders.Orders.ContainsKey(order))],
        };
    }

    private static bool Differs(OrderRecord order, OrderRecord? known) => known is not null
        && (order.State, order.Moment, order.ViaZero, order.SawOpening, order.LinesMoment)
            != (known.State, known.Moment, known.ViaZero, known.SawOpening, known.LinesMoment);

    private (List<LedgerLine> Added, List<LedgerLine> Changed, List<LedgerLine> Dropped) Ledger()
    {
        if (ReferenceEquals(Books.Orders, _before.Orders))
        {
            return ([], [], []);
        }

        var known = LedgerLines.Of(_before.Orders);
        var (added, changed) = (new List<LedgerLine>(), new List<LedgerLine>());
        foreach (var line in LedgerLines.Of(Books.Orders).Values)
        {
            if (!known.Remove((line.Order, line.Line.Item), out var old))
            {
                added.Add(line);
            }
            else if (old != line)
            {
                changed.Add(line);
            }
        }

        return (added, changed, [.. known.Values]);
    }
}
