using System.Collections.Immutable;
using BrxSync.Client;
using BrxSync.Sync;
using BrxSync.Sync.Stock;
using BrxSync.Sync.Stock.Changes;
using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Guard;
using BrxSync.Sync.Stock.Items;
using BrxSync.Sync.Stock.Orders;

namespace BrxSync.Properties.Tests.Stock.Simulation;

/// <summary>What must hold, said once more in the terms of the marketplace that knows the truth.</summary>
internal sealed class Checks(Rehearsal rehearsal)
{
    /// <summary>How far from a read it can be in doubt whether it has seen a change.</summary>
    public const long Blur = 6_000;

    private readonly Dictionary<long, int> _knownVersions = [];
    private readonly HashSet<long> _listed = [];
    private readonly HashSet<long> _ended = [];
    private readonly HashSet<long> _toldOfSale = [];
    private readonly Dictionary<long, int> _forgotten = [];
    private readonly Dictionary<long, LastRead> _lastReads = [];
    private readonly Dictionary<long, int> _absentInARow = [];
    private readonly Dictionary<long, long> _unsure = [];
    private readonly Dictionary<ProductId, int> _replayed = [];
    private AccountBooks _before = AccountBooks.Empty;
    private long _booksStart = long.MaxValue;
    private int _journalRead;

    private Market Market => rehearsal.Market;

    private AccountBooks Books => rehearsal.Books;

    /// <summary>How often the strongest claim was checked.</summary>
    public int ExactChecks { get; private set; }

    /// <summary>How often it was checked that nothing stands above the marketplace while a read is due.</summary>
    public int AboveChecks { get; private set; }

    /// <summary>How often the copies held back were compared with the truth.</summary>
    public int HoldChecks { get; private set; }

    /// <summary>How many orders were forgotten.</summary>
    public int ForgottenOrders { get; private set; }

    /// <summary>How many of both came after the marketplace's clock was set.</summary>
    public int ChecksAfterSteps { get; private set; }

    /// <summary>Holds after every step.</summary>
    public void AfterStep(StepKind kind)
    {
        ReplayJournal();
        foreach (var push in rehearsal.Pushes.Where(push => push.IsReservation))
        {
            Purchase(push);
        }

        foreach (var item in Books.Items.Values)
        {
            Holds("R5", item.Quantity >= 0, $"product {item.Product} has {item.Quantity}");
            var held = _before.Items.GetValueOrDefault(item.Product)?.Quantity ?? 0;
            var mayRise = kind is StepKind.ApplyRead or StepKind.ResolveDoubts or StepKind.Restock or StepKind.Confirm or StepKind.Release
                or StepKind.Answer;
            var copies = _before.Items.GetValueOrDefault(item.Product)?.Copies ?? 0;
            Holds("hold", item.HeldBack >= 0, $"product {item.Product} holds {item.HeldBack} back");
            Holds("hold", mayRise || item.Copies <= copies, $"{kind} made {item.Copies} copies of {copies} of product {item.Product}");
            Holds(
                "raise",
                mayRise || kind == StepKind.Divide || item.Quantity <= held,
                $"{kind} raised product {item.Product} from {held} to {item.Quantity}");
        }

        var mayAdd = kind is StepKind.Sell or StepKind.Restock or StepKind.Delist or StepKind.Reserve or StepKind.Divide;
        Holds("R9", mayAdd || Books.Changes.Keys.All(_before.Changes.ContainsKey), $"{kind} made a change that would be pushed");
        foreach (var push in rehearsal.Pushes)
        {
            // What the seller changes on the website without a word can look exactly like a lost call, or like none.
            Holds(
                "R8",
                push.Effects <= 1 || Market.Product(push.Product).LastSilentChange > 0,
                $"a change of {push.Delta} to product {push.Product} had its effect {push.Effects} times");
        }

        foreach (var product in Market.Products)
        {
            Exact(product, kind);
            product.IsOversold |= OnTheShelf(product) < 0 || product.Quantity + product.Shelf < 0;
        }

        _before = Books;
    }

    /// <summary>Holds when everything has come to rest (R10), and for the ledger whatever way it came there (R1).</summary>
    public void AtRest()
    {
        foreach (var product in Market.Products)
        {
            var held = Books.Items.GetValueOrDefault(new ProductId(product.Id))?.Quantity ?? 0;
            Holds("R10", held == product.Quantity, $"at rest product {product.Id} has {held} here and {product.Quantity} there");
        }

        foreach (var product in Market.Products)
        {
            HeldBack(product);
        }

        Holds("R10", Books.Rereads.IsEmpty, "at rest something is still to be read");
        Holds(
            "R8",
            Books.Changes.Values.All(change => change.State
                is not (ChangeState.Waiting or ChangeState.Sent or ChangeState.InDoubt or ChangeState.Reserved)),
            "at rest a change is still on its way");
        var reopened = OrderBook.Of(Books.Orders.Start, Books.Orders.Orders.Values).Ledger;
        Holds("R1", SameLedger(reopened, Books.Orders.Ledger), "the records alone give another ledger");
        foreach (var order in Market.Orders.Where(order => !order.IsPurchase))
        {
            // Which sales are newer than the books is a question of one clock.
            if (Market.LastStep == 0 && Chain(order).All(IsKnown))
            {
                foreach (var product in order.Items.Where(item => item.Source == order.Id).GroupBy(item => item.Product)
                    .Where(product => product.All(IsNewerThanBooks)))
                {
                    var key = new SaleKey(new OrderId(order.Id), new ProductId(product.Key));
                    var counted = Books.Orders.Ledger.TryGetValue(key, out var parts) ? parts.Sum(part => part.Quantity) : 0;
                    var stands = product.Where(order.Stands).Sum(item => item.Quantity);
                    Holds(
                        "R1",
                        counted == stands,
                        $"of product {product.Key} in order {order.Id}, {stands} copies are sold and {counted} count");
                }
            }
        }
    }

    /// <summary>What is held back is what is on the shelf, and as much as the safety stock asks for.</summary>
    private void HeldBack(MarketProduct product)
    {
        if (!Books.Items.TryGetValue(new ProductId(product.Id), out var item) || WasTakenOff(product.Id) || product.IsOversold
            || product.LastSilentChange > 0 || Market.LastStep > 0
            || rehearsal.Pushes.Any(push => push.Product == product.Id && IsUndecided(push)))
        {
            return;
        }

        var shelf = OnTheShelf(product);
        Holds(
            "hold",
            item.HeldBack <= shelf + product.Forgotten,
            $"at rest {item.HeldBack} copies of product {product.Id} are held back, {shelf} are there, and {product.Forgotten} forgotten");
        if (IsClean(product) && !product.IsBlurred && !rehearsal.Pushes.Any(push => push.Product == product.Id && push.WasRefused))
        {
            HoldChecks += shelf > 0 ? 1 : 0;
            Holds(
                "hold",
                item.HeldBack == shelf,
                $"at rest {item.HeldBack} copies of product {product.Id} are held back, and {shelf} are there");
        }

        var wanted = Books.SafetyStockOf(item).Of(item.Copies);
        Holds(
            "hold",
            item.HeldBack == wanted || item.Hold == HoldState.GivenUp || (item.HeldBack > wanted && item.Quantity == 0),
            $"at rest {item.HeldBack} of {item.Copies} copies of product {product.Id} are held back, not {wanted}");
    }

    /// <summary>What is to be held back, once all that is on its way has arrived.</summary>
    private int OnTheShelf(MarketProduct product) => product.Shelf - rehearsal.Pushes
        .Where(push => push.Product == product.Id && push is { IsOver: false, Effects: 0, IsDelete: false } && IsOpen(push))
        .Sum(push => push.Delta);

    /// <summary>Nobody knows what became of it: a person decides.</summary>
    private bool IsUndecided(Push push) => push.WasInDoubt
        && (Books.Changes.GetValueOrDefault(push.Id) ?? Books.Forgotten.GetValueOrDefault(push.Id))?.State == ChangeState.Failed;

    private bool IsOpen(Push push) => Books.Changes.GetValueOrDefault(push.Id)?.State
        is ChangeState.Waiting or ChangeState.Sent or ChangeState.InDoubt or ChangeState.Reserved;

    /// <summary>
    /// Applying a report again changes nothing. One about an order that was forgotten meanwhile is taken for a first sight: its sales may
    /// count again, and its products be read again, but no copy is taken off by a process that knows the time.
    /// </summary>
    public void Repeats(Host host, MarketReport report, Action act)
    {
        var before = Books;
        var isForgotten = Family(Market.Find(report.Order), report).Any(_forgotten.ContainsKey);
        act();
        Holds(
            "R1",
            SameStock(before, Books) || Market.LastStep > 0
                || (isForgotten && before.Items.Values.All(item => IsSameOrInDoubt(host, item))),
            $"a repeated delivery changed the stock{(isForgotten ? " of an order that was forgotten" : "")}");
        Holds(
            "R1",
            before.Rereads.Count == Books.Rereads.Count || Market.LastStep > 0 || isForgotten,
            "a repeated delivery asked for a read");
    }

    /// <summary>
    /// A process for which the last read of a product may be still to come takes copies off for safety, and has them read.
    /// </summary>
    private bool IsSameOrInDoubt(Host host, StockItem item)
    {
        var now = Books.Items[item.Product];
        return (item.Quantity, item.HeldBack) == (now.Quantity, now.HeldBack)
            || (now.Quantity <= item.Quantity && Books.Rereads.ContainsKey(item.Product)
                && item.LastRead is { } read && host.Present(Market).MayBeBefore(read.Window.From));
    }

    /// <summary>The orders that have a say in what counts of one.</summary>
    private static IEnumerable<long> Family(MarketOrder? order, MarketReport report) =>
        report.Items.Select(item => item.Source).Concat(Chain(order).Select(carrier => carrier.Id))
            .Concat(Chain(order).SelectMany(carrier => carrier.Items).Select(item => item.Source)).Append(report.Order).Distinct();

    /// <summary>Forgetting orders changes nothing of the stock, and nothing that is to be done.</summary>
    public void Forgets(Action act)
    {
        var before = Books;
        act();
        Holds(
            "forget",
            before.Items == Books.Items && before.Rereads == Books.Rereads && before.Changes == Books.Changes
                && before.Fetches == Books.Fetches && before.Journal == Books.Journal,
            "what was forgotten changed more than the orders");
        foreach (var order in before.Orders.Orders.Keys.Except(Books.Orders.Orders.Keys).Select(order => order.Value))
        {
            // The report that it is deleted names no products: of those, the next snapshot tells.
            ForgottenOrders++;
            _forgotten[order] = Market.Get(order).Version;
            _listed.Remove(order);
            _ended.Remove(order);
            _knownVersions.Remove(order);
        }
    }

    /// <summary>Applying a delivery or a polled order (R1, R2, R3, R5).</summary>
    public void Delivery(Host host, MarketReport report, bool complete, Action act)
    {
        var before = Books;
        var isFirst = !_knownVersions.ContainsKey(report.Order);
        var isNew = isFirst && !rehearsal.Processed.Any(known => known.Order == report.Order);
        var isNews = report.Version > _knownVersions.GetValueOrDefault(report.Order);
        var known = before.Orders.Orders.GetValueOrDefault(new OrderId(report.Order));
        act();
        if (_forgotten.TryGetValue(report.Order, out var version) && Market.Get(report.Order).Version == version && Market.LastStep == 0)
        {
            Holds(
                "forget",
                before.Items.Values.All(item => IsSameOrInDoubt(host, item)),
                $"order {report.Order}, of which nothing new is told since it was forgotten, changed the stock");
        }

        if (report.IsPurchase || !complete)
        {
            // Of an order or an item that is known to be over, even that is late news.
            var isOver = known?.State.Ends() == true
                || known?.Lines.Any(line => line.IsDeleted && report.Items.Any(item => item.Id == line.Item.Value)) == true;
            Holds("R1", SameQuantities(before, Books) || Market.LastStep > 0 || (!report.IsPurchase && (isOver
                || IsUnsureOfTheTime(host))), "a delivery that says nothing sure about our stock changed it");
            return;
        }

        // What is heard between a step of the marketplace's clock and the first answers after it is judged by the former clock.
        if (Market.LastStep > 0 && !host.KnowsTheTime)
        {
            foreach (var product in report.Items.Select(item => item.Product)
                .Concat(Market.Find(report.Order)?.Items.Select(item => item.Product) ?? []))
            {
                _unsure[product] = Market.True;
            }

            return;
        }

        if (report.Items.Count > 0)
        {
            _listed.Add(report.Order);
        }

        _toldOfSale.UnionWith(report.Items.Where(item => report.Decides && !report.Ends && !item.IsDeleted).Select(item => item.Id));
        if (report.Decides)
        {
            _knownVersions[report.Order] = Math.Max(report.Version, _knownVersions.GetValueOrDefault(report.Order));
        }
        else if (known is null || !known.State.Decides())
        {
            Holds("states", SameQuantities(before, Books), $"state {report.State} changed the stock");
        }

        if (!report.Decides && known is null)
        {
            Undecided(report);
        }

        // What follows compares times of both sides: it says nothing once a clock was set.
        if (Market.LastStep > 0)
        {
            return;
        }

        // Before the books begin, a late report of the opening of a sale is what makes it count. News of a sale that is known to be over
        // takes its copies off until the read, and so does an item that nobody has told of yet.
        var isLateNews = known is not null && report.Decides && !report.Ends
            && report.Items.Any(item => !item.IsDeleted && !known.Lines.Any(line => line.Item.Value == item.Id && line.HasStood));
        if (!isNews && !isFirst && Books.Orders.Start is not null)
        {
            Holds("R1", isLateNews || SameQuantities(before, Books) || IsUnsureOfTheTime(host), "an old delivery changed the stock");
        }

        if (isLateNews && known!.State.Ends() && !known.Lines.Any(line => line.HasStood))
        {
            LateNews(report, before);
        }

        var opening = report.Zero ? "hub_pending" : "paid";
        if (isNew && !report.IsDestroy && report.State == opening
            && report.Items.All(item => item.Source == report.Order && !item.IsDeleted))
        {
            FirstSight(host, report, before);
        }

        if (report.Ends && isNews)
        {
            Ended(report);
        }
    }

    /// <summary>Applying a read (R4, R6, R7).</summary>
    public void Read(PendingRead read, SnapshotOutcome outcome, Dictionary<ProductId, int> rows, Action act)
    {
        var before = Books;
        act();
        if (read.IsFull && outcome == SnapshotOutcome.Refused)
        {
            Holds("R7", ReferenceEquals(before, Books), "a refused snapshot changed something");
            return;
        }

        if (before.Orders.Start is null && Books.Orders.Start is not null)
        {
            _booksStart = read.Start;
        }

        var window = new LastRead(
            Rehearsal.Milliseconds(read.Window!.Value.From), Rehearsal.Milliseconds(read.Window.Value.To), read.Start, read.IsFull);
        foreach (var product in read.Answers.Keys.Order())
        {
            Market.Product(product).ReadIn(read.Start - Blur, read.End + Blur);
            if (rehearsal.Pushes.Any(push => push.Product == product
                && push.OnItsWay.From <= read.End + Blur && push.OnItsWay.To >= read.Start - Blur))
            {
                Market.Product(product).Blur();
            }

            var id = new ProductId(product);
            var (was, now) = (before.Items.GetValueOrDefault(id), Books.Items.GetValueOrDefault(id));
            var isKnownBefore = _lastReads.TryGetValue(product, out var last);
            var followsSnapshot = read.IsFull && last.IsFull;
            var mayBeOlder = isKnownBefore && !followsSnapshot && window.From < last.From
                && (Market.LastStep == 0 || read.Start <= last.Start);
            if (isKnownBefore && !followsSnapshot && was?.LastRead is { } lastRead && Market.LastStep == 0
                && window.From <= last.To && last.From <= window.To && lastRead.Quantity != rows.GetValueOrDefault(id)
                && !(read.IsFull && outcome == SnapshotOutcome.Withheld && !rows.ContainsKey(id)))
            {
                Holds("R11", now!.Quantity <= was.Quantity, $"of two overlapping reads of product {product} the larger number stands");
                Holds(
                    "R11",
                    (window.From, window.To) == (last.From, last.To) || Books.Rereads.ContainsKey(id),
                    $"two reads of product {product} overlap, differ, and nothing is read again");
            }

            if (mayBeOlder)
            {
                // What it tells of a change can tell of copies held back, too.
                var tells = before.ChangesOf(id).Any(change => Books.Changes.GetValueOrDefault(change.Id) != change);
                Holds("R4", was == (tells && now is not null ? now with { HeldBack = was!.HeldBack, Hold = was.Hold } : now)
                    || (window.To >= last.From && now!.Quantity < was!.Quantity && now.LastRead == was.LastRead)
                    || Market.LastStep > 0,
                    $"a read older than the last changed product {product}");
            }
            else if (!read.IsFull && was is null)
            {
                Holds(
                    "R4",
                    now is null,
                    $"a read of some products made an item of product {product}, of which it knows nothing but the quantity");
            }
            else if (rows.ContainsKey(id))
            {
                Present(read, product, was, now!);
                _lastReads[product] = window;
                _absentInARow.Remove(product);
            }
            else if (was is null || now is null)
            {
                Holds("R6", now is null, $"a read that lacks product {product} made an item of it");
            }
            else if (!read.IsFull)
            {
                AbsentFromReread(product, was, now);
                _lastReads[product] = window;
            }
            else if (outcome == SnapshotOutcome.Withheld)
            {
                // After a clock was set back, what it said before is taken back.
                Holds(
                    "R7",
                    was == now || (Market.LastStep > 0 && (was.Quantity, was.Presence) == (now.Quantity, now.Presence)),
                    $"a withheld snapshot that lacks product {product} changed it");
            }
            else
            {
                AbsentFromSnapshot(product, was, now);
                _lastReads[product] = window;
            }
        }
    }

    /// <summary>A purchase is decided: all that is to be taken before it is taken off.</summary>
    public void Confirms(Push push, ReservationVerdict verdict)
    {
        var ahead = rehearsal.Pushes.TakeWhile(other => other != push).Concat(rehearsal.Pushes.Where(other => !other.IsReservation))
            .Distinct()
            .Where(other => other.Product == push.Product && other is { IsOver: false, Effects: 0, Delta: < 0 })
            .Sum(other => other.Delta + Moves(other));
        Holds(
            "purchase",
            verdict != ReservationVerdict.Enough || Market.Product(push.Product).Quantity + ahead >= -push.Delta
                || (rehearsal.Pushes.Any(other => other.Product == push.Product && other.WasInDoubt)
                    && !IsClean(Market.Product(push.Product))),
            $"{-push.Delta} copies of product {push.Product} are to be sold of {Market.Product(push.Product).Quantity}, and {-ahead} go first");
    }

    /// <summary>A change is about to be sent.</summary>
    public void Sends(Push push)
    {
        if (_lastReads.TryGetValue(push.Product, out var read) && read.To >= Market.Now - Blur)
        {
            Market.Product(push.Product).Blur();
        }

        Holds(
            "R8",
            !push.IsOver && (push.Effects == 0 || push.IsDelete || Market.Product(push.Product).LastSilentChange > 0),
            $"a change of {push.Delta} to product {push.Product} that had its effect is sent again");
    }

    private static void Holds(string rule, bool condition, string message)
    {
        if (!condition)
        {
            throw new BrokenException(rule, message);
        }
    }

    /// <summary>A purchase is sold or given back, never both.</summary>
    private void Purchase(Push push)
    {
        var state = (Books.Changes.GetValueOrDefault(push.Id) ?? Books.Forgotten.GetValueOrDefault(push.Id))?.State;
        if (state is ChangeState.Superseded && !push.IsGivenBack)
        {
            push.IsGivenBack = true;
            Market.Product(push.Product).Shelf -= push.Delta + push.HeldBack;
        }

        push.IsOver |= state is ChangeState.Superseded;
        if (IsClean(Market.Product(push.Product)))
        {
            Holds(
                "purchase",
                !(state == ChangeState.Superseded && push.Effects > 0) && !(state == ChangeState.Acknowledged && push.Effects == 0),
                $"a purchase of {-push.Delta} copies of product {push.Product} is {state} and had its effect {push.Effects} times");
        }

        Holds("purchase", state != ChangeState.Waiting, $"a purchase of product {push.Product} would be sent again");
    }

    /// <summary>Copies that are to be held back, and are still on sale there, are there to be sold.</summary>
    private int Moves(Push push) => Books.Changes.GetValueOrDefault(push.Id)?.State == ChangeState.Waiting
        ? Math.Clamp(push.HeldBack, 0, -push.Delta)
        : 0;

    /// <summary>Only sales and our own pushes moved the stock: then a read decides about a lost answer without doubt.</summary>
    private bool IsClean(MarketProduct product) => product.LastSilentChange == 0
        && !Market.Orders.Any(
            order => order.Items.Any(item => item.Product == product.Id && (order.IsOver || order.WasUndecided || item.IsDeleted)));

    /// <summary>
    /// A process that has heard nothing from the marketplace, or not for days, takes it for possible that a read is still to come.
    /// </summary>
    private bool IsUnsureOfTheTime(Host host) => host.Present(Market).MayBeBefore(Rehearsal.At(Market.Now - 60_000));

    /// <summary>Whatever is known to touch a product and cannot be counted asks for a read of it, unless it was read since.</summary>
    private void Undecided(MarketReport report)
    {
        // What is sold while the marketplace shows the times before the books again seems older than the books once they are over.
        var sold = Market.Get(report.Order).SoldAt;
        foreach (var item in report.Items.Where(item => !item.IsDeleted && item.Source == report.Order && sold >= _booksStart
            && (Market.LastStep == 0 || Rehearsal.At(item.CreatedAt) >= Books.Orders.Start)))
        {
            var wasReadSince = _lastReads.TryGetValue(item.Product, out var read)
                && (Market.LastStep == 0 ? read.From > report.To : read.Start > sold);
            Holds("states", wasReadSince
                || Books.Rereads.ContainsKey(new ProductId(item.Product))
                || !Books.Items.ContainsKey(new ProductId(item.Product)),
                $"order {report.Order} is {report.State} and product {item.Product} is not read again");
        }
    }

    /// <summary>
    /// Of cancel and payment that come the other way round, or in the same second, the smaller number stands until the read.
    /// </summary>
    private void LateNews(MarketReport report, AccountBooks before)
    {
        foreach (var lines in report.Items.Where(item => !item.IsDeleted && item.Source == report.Order).GroupBy(item => item.Product))
        {
            var id = new ProductId(lines.Key);
            if (before.Items.TryGetValue(id, out var was) && before.Rereads.ContainsKey(id)
                && _lastReads.TryGetValue(lines.Key, out var read)
                && lines.All(item => item.CreatedAt > read.To)
                && before.Orders.Orders[new OrderId(report.Order)].ReportedUntil >= Rehearsal.At(read.From)
                && !before.Orders.Ledger.Keys.Any(sale => sale.Product == id && sale.Source.Value == report.Order))
            {
                Holds("R11", Books.Items[id].Quantity <= Math.Max(0, was.Quantity - lines.Sum(item => item.Quantity)),
                    $"order {report.Order} was paid and is over, and {Books.Items[id].Quantity} of product {lines.Key} stand");
            }
        }
    }

    private void FirstSight(Host host, MarketReport report, AccountBooks before)
    {
        if (Chain(Market.Get(report.Order)).Skip(1).Any(order => _knownVersions.ContainsKey(order.Id)))
        {
            return;
        }

        foreach (var lines in report.Items.GroupBy(item => item.Product))
        {
            var id = new ProductId(lines.Key);
            if (!before.Items.TryGetValue(id, out var was) || !_lastReads.TryGetValue(lines.Key, out var read))
            {
                continue;
            }

            // Without a time of its own an item was sold no later than the end of the webhook's second.
            var exact = Books.Orders.Ledger.GetValueOrDefault(new SaleKey(new OrderId(report.Order), id)).All(part => part.At.IsExact);
            var sold = exact ? lines.Max(item => item.CreatedAt) : report.To;
            var quantity = lines.Sum(item => item.Quantity);
            var now = Books.Items[id];
            if (sold < read.From && host.Present(Market).MayBeBefore(Rehearsal.At(read.From)))
            {
                // A process that has heard nothing from the marketplace, or not for days, takes it for possible
                // that its clock was set back.
                Holds(
                    "R2",
                    now.Quantity == was.Quantity || Books.Rereads.ContainsKey(id),
                    $"a sale took {was.Quantity - now.Quantity} of product {lines.Key} in doubt, and nothing is read");
            }
            else if (sold < read.From)
            {
                Holds(
                    "R2",
                    now.Quantity == was.Quantity,
                    $"a sale from before the last read took {was.Quantity - now.Quantity} of product {lines.Key}");
            }
            else
            {
                Holds(
                    "R2",
                    now.Quantity == Math.Max(0, was.Quantity - quantity),
                    $"a sale of {quantity} took {was.Quantity - now.Quantity} of product {lines.Key}");
                if (sold > read.To && exact)
                {
                    Holds(
                        "R2",
                        Books.Rereads.ContainsKey(id) == before.Rereads.ContainsKey(id),
                        $"a sale after the last read asked for another read of product {lines.Key}");
                    var oversold = Math.Max(0, quantity - was.Quantity);
                    var noted = Books.Journal.Skip(before.Journal.Count).Where(entry => entry.Product == id).Sum(entry => entry.Oversold);
                    var covered = was.HeldBack - now.HeldBack;
                    Holds(
                        "R5",
                        was.HeldBack > 0 ? noted <= oversold && noted + covered >= oversold : noted == oversold,
                        $"{oversold} copies of product {lines.Key} are oversold and {noted} noted");
                }
                else
                {
                    Holds(
                        "R2", Books.Rereads.ContainsKey(id), $"a sale inside the last read did not ask for another of product {lines.Key}");
                }
            }
        }
    }

    private void Ended(MarketReport report)
    {
        // Of an order that is gone before it was ever seen, nobody knows the products. They are read when a late report names them.
        if (!_listed.Contains(report.Order) || !_ended.Add(report.Order))
        {
            return;
        }

        var order = Market.Get(report.Order);
        foreach (var item in order.Items.Where(item => !item.IsDeleted))
        {
            var id = new ProductId(item.Product);
            var wasReadSince = _lastReads.TryGetValue(item.Product, out var read)
                && (read.From > report.To || read.Start > order.LastStockChange);
            Holds(
                "R3",
                wasReadSince || !Books.Items.ContainsKey(id) || Books.Rereads.ContainsKey(id),
                $"order {report.Order} ended and product {item.Product} is not read again");
        }
    }

    private void Present(PendingRead read, long product, StockItem? was, StockItem now)
    {
        var pending = rehearsal.Pushes.Where(push => push.Product == product && push.Delta > 0).Sum(push => push.Delta);
        var most = Market.Product(product).MostBetween(read.Start, read.End) + pending;
        Holds("R4", now.Quantity <= most, $"a read gave product {product} {now.Quantity} copies, but there were never more than {most}");
        if (was?.ChangedLocallyAt is { } changed && changed >= read.Window!.Value.From && Market.LastStep == 0)
        {
            Holds("R4", now.Quantity <= was.Quantity, $"a read that began before our own change raised product {product}");
        }

        Holds(
            "R6",
            now.Presence.MissingCount == 0 || (WasTakenOff(product) && now.Quantity == 0),
            $"product {product} was seen and is still missing");
    }

    private static void AbsentFromReread(long product, StockItem was, StockItem now)
    {
        Holds("R6", now.LastRead is null || now.Quantity == 0, $"a read that lacks product {product} left {now.Quantity}");
        Holds(
            "R6",
            now.Presence.Status != ItemStatus.Missing || was.Presence.Status == ItemStatus.Missing,
            $"a read of one blueprint marked product {product} missing");
    }

    private void AbsentFromSnapshot(long product, StockItem was, StockItem now)
    {
        Holds("R6", now.Quantity == 0, $"a snapshot that lacks product {product} left {now.Quantity}");
        if (WasTakenOff(product))
        {
            // It left the view when it was taken off sale here.
            _absentInARow[product] = now.Presence.MissingCount;
            return;
        }

        if (Market.LastStep > 0)
        {
            // Which of two reads was the later one may be in doubt then.
            _absentInARow[product] = now.Presence.MissingCount;
            return;
        }

        if (was.HeldBack > 0)
        {
            Holds(
                "R6",
                now.Presence.Status == ItemStatus.SoldOut || now.HeldBack < was.HeldBack,
                $"product {product} has copies held back and is missing");
            _absentInARow[product] = now.Presence.MissingCount;
        }
        else if (was.Quantity > 0 || was.Presence.Status == ItemStatus.Missing)
        {
            _absentInARow[product] = _absentInARow.GetValueOrDefault(product) + 1;
            Holds("R6", now.Presence.Status == ItemStatus.Missing, $"product {product} is gone and not marked missing");
            Holds(
                "R6",
                now.Presence.IsRemoved == _absentInARow[product] >= 2,
                $"product {product} was absent {_absentInARow[product]} times in a row, removed: {now.Presence.IsRemoved}");
        }
        else
        {
            Holds("R6", !now.Presence.IsRemoved, $"product {product} was sold out and is removed");
        }
    }

    private bool WasTakenOff(long product) => rehearsal.Pushes.Any(push => push.IsDelete && push.Product == product);

    private void ReplayJournal()
    {
        foreach (var entry in Books.Journal.Skip(_journalRead))
        {
            Holds("journal", _replayed.GetValueOrDefault(entry.Product) == entry.Before, $"the journal jumps for product {entry.Product}");
            _replayed[entry.Product] = entry.After;
        }

        _journalRead = Books.Journal.Count;
        foreach (var item in Books.Items.Values)
        {
            Holds(
                "journal",
                _replayed.GetValueOrDefault(item.Product) == item.Copies,
                $"the journal replays product {item.Product} to something else");
        }
    }

    /// <summary>
    /// The strongest claim: whenever no read is due and all that happened since the last read was delivered, our quantity is exactly
    /// the marketplace's, plus our own changes that have not arrived there yet.
    /// </summary>
    private void Exact(MarketProduct product, StepKind kind)
    {
        var id = new ProductId(product.Id);
        var pushes = rehearsal.Pushes.Where(push => push.Product == product.Id).ToArray();
        var owed = pushes.Where(push => !push.IsOver && push.Effects == 0).Sum(push => push.Delta);
        if (product.Quantity + owed < 0)
        {
            _unsure[product.Id] = Market.True;
        }

        if (!Books.Items.TryGetValue(id, out var item) || !_lastReads.TryGetValue(product.Id, out var read) || read.Start < Market.LastStep
            || (read.Start < Market.RepeatsUntil && Market.True >= Market.RepeatsUntil))
        {
            // Times that were shown twice cannot be told apart once both are over.
            return;
        }

        var sureSince = read.Start;

        // A product at zero is gone at the marketplace: what we still want to add to it will be refused, and is open until then.
        var everythingKnown = (product.Quantity > 0 || owed == 0) && product.LastSilentChange < sureSince
            && _unsure.GetValueOrDefault(product.Id) < sureSince
            && !pushes.Any(push => push.IsDelete || (push.WasInDoubt && !IsClean(product))
                || (IsUndecided(push) && (product.IsBlurred || !rehearsal.TimesAreSent)))
            && Market.Orders.Where(order => order.Items.Any(line => line.Product == product.Id))
                .All(order => order.LastStockChange < sureSince || IsKnown(order));
        if (!everythingKnown)
        {
            return;
        }

        if (Books.Rereads.ContainsKey(id))
        {
            // A read is due: until then the smaller of all that is possible stands, once the sales themselves were told of.
            // A restock of ours that was refused stands until then.
            if (pushes.All(push => push.Delta <= 0) && Market.Orders.Where(order => order.LastStockChange >= sureSince)
                .SelectMany(order => order.Items).All(line => line.Product != product.Id || _toldOfSale.Contains(line.Id)))
            {
                AboveChecks++;
                ChecksAfterSteps += Market.LastStep > 0 ? 1 : 0;
                Holds(
                    "R11",
                    item.Quantity <= Math.Max(0, product.Quantity + owed),
                    $"after {kind} product {product.Id} has {item.Quantity} here while a read is due, {product.Quantity} there, {owed} on the way");
            }
        }
        else
        {
            ExactChecks++;
            ChecksAfterSteps += Market.LastStep > 0 ? 1 : 0;
            Holds(
                "exact",
                item.Quantity == product.Quantity + owed,
                $"after {kind} product {product.Id} has {item.Quantity} here, {product.Quantity} there, {owed} on the way");
        }
    }

    private bool IsKnown(MarketOrder order)
    {
        return order.State is not ("pending" or "under_review" or "request_for_cancel" or "lost") && _listed.Contains(order.Id)
            && _knownVersions.GetValueOrDefault(order.Id) >= order.DecisiveVersion && !Books.Fetches.Contains(new OrderId(order.Id));
    }

    private static IEnumerable<MarketOrder> Chain(MarketOrder? order)
    {
        for (; order is not null; order = order.CarriedInto)
        {
            yield return order;
        }
    }

    private bool IsNewerThanBooks(MarketItem item) => Books.Orders.Start is { } start && Rehearsal.At(item.CreatedAt) >= start;

    private static bool SameCopies(AccountBooks left, AccountBooks right) =>
        SameQuantities(left, right) && left.Items.All(item => right.Items[item.Key].HeldBack == item.Value.HeldBack);

    private static bool SameStock(AccountBooks left, AccountBooks right) => SameCopies(left, right)
        && SameLedger(left.Orders.Ledger, right.Orders.Ledger);

    private static bool SameLedger(
        ImmutableDictionary<SaleKey, ImmutableArray<SalePart>> left, ImmutableDictionary<SaleKey, ImmutableArray<SalePart>> right) =>
        left.Count == right.Count && left.All(row => right.TryGetValue(row.Key, out var parts) && parts.SequenceEqual(row.Value));

    private static bool SameQuantities(AccountBooks left, AccountBooks right) =>
        left.Items.Count == right.Items.Count
        && left.Items.All(item => right.Items.TryGetValue(item.Key, out var other)
        && (other.Quantity, other.Presence) == (item.Value.Quantity, item.Value.Presence));

    /// <summary>The last read that was applied to a product: its window, and when it was begun in true time.</summary>
    private readonly record struct LastRead(long From, long To, long Start, bool IsFull);
}
