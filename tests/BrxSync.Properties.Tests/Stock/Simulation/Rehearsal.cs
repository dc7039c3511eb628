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

/// <summary>
/// Plays a history: life goes on at the <see cref="Market"/>, the <see cref="AccountBooks"/> hear of it late, twice or not at all, and
/// after every step <see cref="Checks"/> compares the two.
/// </summary>
internal sealed class Rehearsal
{
    private static readonly DateTimeOffset Epoch = new(2026, 11, 2, 0, 0, 0, TimeSpan.Zero);


    private readonly History _history;
    private readonly Random _random;
    private readonly List<MarketReport> _waiting = [];
    private readonly List<MarketReport> _processed = [];
    private readonly List<PendingRead> _reads = [];

    private readonly Host[] _hosts;

    private readonly Action<string>? _trace;

    private Rehearsal(History history, Action<string>? trace)
    {
        _history = history;
        _trace = trace;
        _random = new Random(history.Seed);
        Market = new Market(history.Quantities) { Sends = _waiting.Add };
        Checks = new Checks(this);
        _hosts = [.. Enumerable.Range(0, history.Hosts)
            .Select(_ => new Host(_random.Next(-20_000_000, 20_000_000), _random.Next(-2_000_000_000, 2_000_000_000)))];
    }

    public Market Market { get; }

    /// <summary>Whether the marketplace tells when each item was sold.</summary>
    public bool TimesAreSent => _history.TimesAreSent;

    public AccountBooks Books { get; private set; } = AccountBooks.Empty;

    /// <summary>Every step that the books took, to be taken again elsewhere.</summary>
    public List<RehearsedStep> Steps { get; } = [];

    public List<Push> Pushes { get; } = [];

    /// <summary>All webhooks and answers that were applied, as they were at the marketplace.</summary>
    public List<MarketReport> Processed => _processed;

    public Checks Checks { get; }

    /// <summary>Plays a history to its end and through its quiescence.</summary>
    /// <exception cref="BrokenException">A rule does not hold.</exception>
    public static Rehearsal Play(History history, Action<string>? trace = null)
    {
        var rehearsal = new Rehearsal(history, trace);
        foreach (var step in history.Steps)
        {
            rehearsal.Market.Wait(step.Wait);
            trace?.Invoke($"{step.Kind}");
            rehearsal.Take(step);
            rehearsal.Tell();
        }

        trace?.Invoke("everything comes to rest");
        rehearsal.Rest();
        if (history.Steps.Any(step => step.Kind == StepKind.Forget))
        {
            trace?.Invoke("all that can be is forgotten, and told again");
            rehearsal.ForgetAndHearAgain();
        }

        return rehearsal;
    }

    public static DateTimeOffset At(long milliseconds) => Epoch.AddMilliseconds(milliseconds);

    public static long Milliseconds(DateTimeOffset instant) => (long)Math.Floor((instant - Epoch).TotalMilliseconds);

    /// <summary>Translates what the marketplace says into what the rules read.</summary>
    public OrderReport Translate(MarketReport report, bool detail = false, int defect = 2)
    {
        var items = report.Items.Select((item, index) => new OrderItem
        {
            Id = new OrderItemId(item.Id),
            Product = defect == 0 && index == 0 ? null : new ProductId(item.Product),
            Blueprint = new BlueprintId(item.Product + 500),
            Quantity = item.Quantity,
            HubPendingOrder = report.Zero && (item.Source != report.Order || item.Id % 2 == 0) ? new OrderId(item.Source) : null,
            CreatedAt = _history.TimesAreSent ? At(item.CreatedAt) : null,
            IsDeleted = item.IsDeleted,
        }).ToImmutableArray();
        return new OrderReport
        {
            Id = new OrderId(report.Order),
            State = report.IsDestroy ? OrderState.Destroyed : OrderStates.Parse(report.State),
            Moment = report.IsRead ? new OrderMoment(At(report.From), At(report.To)) : OrderMoment.OfWebhook(At(report.From)),
            ViaZero = report.Zero,
            IsPurchase = report.IsPurchase,
            Size = items.Sum(item => item.Quantity),
            Items = defect == 1 ? items[1..] : items,
            IsDetail = detail,
        };
    }

    private void Take(Step step)
    {
        var (a, b, c) = (step.A, step.B, step.C);
        switch (step.Kind)
        {
            case StepKind.Buy:
                Market.Buy(false, false, false, Lines(a, b, c));
                break;
            case StepKind.BuyZero:
                Market.Buy(true, false, false, Lines(a, b, c));
                break;
            case StepKind.BuyPending:
                Market.Buy(false, true, false, Lines(a, b, c));
                break;
            case StepKind.BuyPresale:
                Market.Buy(true, false, true, Lines(a, b, c));
                break;
            case StepKind.Purchase:
                Market.Purchase(Product(a));
                break;
            case StepKind.Advance:
                OnOrder(a, Market.Advance);
                break;
            case StepKind.Merge:
                var sources = Market.Orders.Where(order => order is { Zero: true, State: "hub_pending", IsDestroyed: false })
                    .Where((_, i) => ((a >> i) & 3) != 0);
                Market.Merge([.. sources], b % 2 == 0, c % 2 == 0);
                break;
            case StepKind.EndPresale:
                OnOrder(a, order => Market.EndPresale(order, b % 2 == 0));
                break;
            case StepKind.AskToCancel:
                OnOrder(a, Market.AskToCancel);
                break;
            case StepKind.StopAsking:
                OnOrder(a, Market.StopAsking);
                break;
            case StepKind.Cancel:
                OnOrder(a, order => Market.Cancel(order, b % 2 == 0, c % 2 == 0 ? "canceled" : "cancelled"));
                break;
            case StepKind.Lose:
                OnOrder(a, Market.Lose);
                break;
            case StepKind.Destroy:
                OnOrder(a, order => Market.Destroy(order, b % 2 == 0));
                break;
            case StepKind.Drop:
                OnOrder(a, order => Market.Drop(order, b, c % 2 == 0));
                break;
            case StepKind.SiteEdit:
                Market.SiteEdit(Product(a), b % 9);
                break;
            case StepKind.Deliver:
                Deliver(a, b, c);
                break;
            case StepKind.Redeliver when _processed.Count > 0:
                Checks.Repeats(
                    HostOf(b), _processed[a % _processed.Count], () => Process(HostOf(b), _processed[a % _processed.Count]));
                break;
            case StepKind.LoseDelivery when _waiting.Count > 0:
                _waiting.RemoveAt(a % _waiting.Count);
                break;
            case StepKind.PollOrder:
                OnOrder(a, order => Later(HostOf(b), order));
                break;
            case StepKind.PollAll:
                PollAll(HostOf(a));
                break;
            case StepKind.Fetch:
                Fetch(HostOf(a));
                break;
            case StepKind.BeginSnapshot when _reads.Count < 3 && !_reads.Any(read => read.IsFull):
                _reads.Add(
                    new PendingRead(HostOf(b), true, Market.True, Books.Rereads, Shuffled(Market.Products.Select(product => product.Id))));
                break;
            case StepKind.BeginReread when _reads.Count < 3:
                BeginReread(HostOf(b), a);
                break;
            case StepKind.ReadOn when _reads.Count > 0:
                _reads[a % _reads.Count].Look(Market);
                break;
            case StepKind.FinishRead when _reads.Count > 0:
                Finish(_reads[a % _reads.Count]);
                break;
            case StepKind.ApplyRead:
                ApplyOneOf([.. _reads.Where(read => read.Window is not null)], a, b);
                break;
            case StepKind.Sell:
                Edit(Product(a), -1 - (b % 2), false);
                break;
            case StepKind.Restock:
                Edit(Product(a), 1 + (b % 3), false);
                break;
            case StepKind.Delist when a % 3 == 0:
                Edit(Product(a), 0, true);
                break;
            case StepKind.Reserve:
                Reserve(Product(a), 1 + (b % 3));
                break;
            case StepKind.Confirm:
                OnPush(a, IsReserved, push => Confirm(HostOf(b), push));
                break;
            case StepKind.Release:
                OnPush(a, IsReserved, Release);
                break;
            case StepKind.Send:
                Send(a);
                break;
            case StepKind.Arrive:
                OnPush(a, push => push is { IsOnItsWay: true, Arrived: false }, Arrive);
                break;
            case StepKind.Answer:
                OnPush(a, push => push.IsOnItsWay, push => Answer(push, b));
                break;
            case StepKind.ResolveDoubts:
                ResolveDoubts(HostOf(a));
                break;
            case StepKind.Review:
                OnOrder(a, Market.Review);
                break;
            case StepKind.AddItem:
                OnOrder(a, order => Market.Add(order, Product(b), 1 + (c % 2)));
                break;
            case StepKind.SetSafetyStock:
                SetSafetyStock(new ProductId(Product(a)), b % 3 == 0
                    ? new SafetyStock { Percent = c % 101 }
                    : new SafetyStock { Copies = c % 6 });
                break;
            case StepKind.Divide:
                Divide(Product(a));
                break;
            case StepKind.Forget:
                Forget((a % 8) switch { < 5 => 0, 5 => 5_000, 6 => 60_000, _ => 86_400_000 });
                break;
            case StepKind.StepOurClock:
                HostOf(a).WallError += StepOf(b, c);
                break;
            case StepKind.RestartHost:
                HostOf(a).Restart();
                break;
            case StepKind.StepMarketClock when _reads.Count == 0:
                Market.StepClock(StepOf(b, c));
                Array.ForEach(_hosts, host => host.MarketClockStepped());
                break;
        }

        Checks.AfterStep(step.Kind);
    }

    /// <summary>
    /// Lets everything come to rest: every delivery in, every change sent, every order polled, and one read after it all.
    /// </summary>
    private void Rest()
    {
        foreach (var report in Shuffled(_waiting).SelectMany(report => Enumerable.Repeat(report, 1 + _random.Next(3))).ToArray())
        {
            Process(HostOf(_random.Next(9)), report);
            Tell();
            Checks.AfterStep(StepKind.Deliver);
        }

        _waiting.Clear();
        foreach (var push in Pushes.Where(push => push.IsOnItsWay))
        {
            Arrive(push);
            Answer(push, 9);
        }

        foreach (var push in Pushes.Where(IsReserved).ToArray())
        {
            Release(push);
            Checks.AfterStep(StepKind.Release);
        }

        for (var round = 0; round < 20
            && Books.Changes.Values.Any(change => change.State is ChangeState.Waiting or ChangeState.InDoubt); round++)
        {
            ResolveDoubts(HostOf(_random.Next(9)));
            foreach (var push in Pushes)
            {
                if (TrySend(push))
                {
                    Arrive(push);
                    Answer(push, 9);
                }
            }
        }

        Market.Wait(10_000);
        LearnTheTime();
        PollAll(HostOf(0));
        Market.Wait(10_000);
        foreach (var read in _reads)
        {
            Finish(read);
        }

        while (_reads.Count > 0)
        {
            ApplyOneOf(_reads, _random.Next(100), 0);
            Checks.AfterStep(StepKind.ApplyRead);
        }

        Market.Wait(10_000);
        var last = new PendingRead(HostOf(0), true, Market.True, Books.Rereads, Market.Products.Select(product => product.Id));
        Finish(last);
        Apply(last, SnapshotOutcome.Applied);
        Checks.AfterStep(StepKind.ApplyRead);
        ReadDoubtful();
        for (var round = 0; round < 3 && Books.Items.Values.Any(item => item.SafetyStock is not null); round++)
        {
            DivideAll();
            ReadDoubtful();
        }

        Checks.AtRest();
    }

    /// <summary>
    /// Forgets all orders that can be, hears every webhook and every answer once more in another order, asks for all orders, and comes to
    /// rest again.
    /// </summary>
    private void ForgetAndHearAgain()
    {
        Market.Wait(10_000);
        Forget(0);
        Checks.AfterStep(StepKind.Forget);
        LearnTheTime();
        foreach (var report in Shuffled(_processed).Take(40))
        {
            var host = HostOf(_random.Next(9));
            Checks.Repeats(host, report, () => Process(host, report));
            Checks.AfterStep(StepKind.Redeliver);
            Tell();
        }

        Rest();
    }

    /// <summary>Reads what a snapshot left in doubt, because a clock was set shortly before it.</summary>
    private void ReadDoubtful()
    {
        for (var round = 0; round < 4 && !Books.Rereads.IsEmpty; round++)
        {
            Market.Wait(10_000);
            BeginReread(HostOf(0), 1);
            Finish(_reads[0]);
            ApplyOneOf(_reads, 0, 0);
            Checks.AfterStep(StepKind.ApplyRead);
        }
    }

    /// <summary>Copies are moved as the safety stocks ask for, and the marketplace is read once more.</summary>
    private void DivideAll()
    {
        Market.Wait(10_000);
        foreach (var product in Market.Products)
        {
            Divide(product.Id);
            Checks.AfterStep(StepKind.Divide);
        }

        foreach (var push in Pushes.ToArray())
        {
            if (TrySend(push))
            {
                Arrive(push);
                Answer(push, 9);
            }
        }

        Market.Wait(10_000);
        PollAll(HostOf(0));
        Market.Wait(10_000);
        var read = new PendingRead(HostOf(0), true, Market.True, Books.Rereads, Market.Products.Select(product => product.Id));
        Finish(read);
        Apply(read, SnapshotOutcome.Applied);
        Checks.AfterStep(StepKind.ApplyRead);
    }

    private void Deliver(int a, int b, int c)
    {
        if (_waiting.Count > 0)
        {
            // Mostly in the order in which they were sent.
            var index = b % 3 == 0 ? a % _waiting.Count : 0;
            var report = _waiting[index];
            _waiting.RemoveAt(index);
            Process(HostOf(a + c), report, report.IsRead || report.Ends ? 2 : c % 15);
            if (c % 4 == 0)
            {
                _waiting.Add(report);
            }
        }
    }

    private void Tell() => _trace?.Invoke(
        $"    {At(Market.Now):d HH:mm:ss.fff} ({Market.True}): "
        + $"there {Join(Market.Products, product => $"{product.Id}={product.Quantity}")}, "
        + $"here {Join(Books.Items.Values.OrderBy(item => item.Product.Value), Text)}, "
        + $"to read {Join(Books.Rereads.Keys, product => $"{product}")}, "
        + $"counted {Join(Books.Orders.Ledger, row => $"{row.Key.Source}:{row.Key.Product}={row.Value.Sum(part => part.Quantity)}")}");

    private static string Text(StockItem item) => $"{item.Product}={item.Quantity}+{item.HeldBack}";

    private static string Join<T>(IEnumerable<T> values, Func<T, string> text) => string.Join(' ', values.Select(text));

    private void Process(Host host, MarketReport report, int defect = 2, bool isFresh = false)
    {
        _trace?.Invoke(
            $"    order {report.Order} v{report.Version} {(report.IsDestroy ? "destroyed" : report.State)} "
            + $"at {At(report.From):HH:mm:ss.fff}-{At(report.To):HH:mm:ss.fff} "
            + $"[{Join(report.Items, item => $"{item.Product}x{item.Quantity}{(item.IsDeleted ? "-" : "")}/{item.Source}")}] "
            + $"defect {defect}");
        var translated = Translate(report, false, defect);
        var complete = translated.Items.Length == report.Items.Count && translated.Items.All(item => item.Product is not null);
        Checks.Delivery(host, report, complete, () => Apply(translated, host.Present(Market) with { HasNoAnswer = !isFresh }));
        if (complete)
        {
            _processed.Add(report);
        }
    }

    private void PollAll(Host host)
    {
        var first = Ask(host);
        foreach (var order in Market.Orders)
        {
            var window = Ask(host);
            if (!order.IsDestroyed)
            {
                Process(host, Market.Read(order, Milliseconds(window.From), Milliseconds(window.To)), isFresh: true);
            }
            else if (Books.Orders.Orders.ContainsKey(new OrderId(order.Id)))
            {
                NotFound(host, order.Id, window);
            }
        }

        Fetch(host);
        Take(new RehearsedStep(books => books.WithOrdersKnownUntil(first.From)) { OrdersKnownUntil = first.From, After = Books });
    }

    private void Fetch(Host host)
    {
        while (!Books.Fetches.IsEmpty)
        {
            var window = Ask(host);
            var id = Books.Fetches.Select(order => order.Value).Min();
            if (Market.Find(id) is { } order)
            {
                var report = Market.Read(order, Milliseconds(window.From), Milliseconds(window.To));
                Checks.Delivery(host, report, true, () => Apply(Translate(report, true), host.Present(Market)));
                _processed.Add(report);
            }
            else
            {
                NotFound(host, id, window);
            }
        }
    }

    private void NotFound(Host host, long id, SnapshotWindow window)
    {
        var report = new MarketReport(
            id, false, false, "order.destroy", "", Market.Get(id).Version, Milliseconds(window.From), Milliseconds(window.To), []);
        var (order, moment, now) = (new OrderId(id), new OrderMoment(window.From, window.To), host.Present(Market));
        Checks.Delivery(host, report, true, () => Take(new RehearsedStep(books => books.ApplyNotFound(order, moment, now))
        {
            Report = OrderReport.Destroyed(order, moment), Fetched = order, After = Books,
        }));
    }

    private void Later(Host host, MarketOrder order)
    {
        if (!order.IsDestroyed)
        {
            var window = Ask(host);
            _waiting.Add(Market.Read(order, Milliseconds(window.From), Milliseconds(window.To)));
        }
    }

    /// <summary>A short call whose answer has just arrived, with the window in which the marketplace looked.</summary>
    private SnapshotWindow Ask(Host host)
    {
        var sent = Market.True - _random.Next(1, 900);
        var dated = Market.True - _random.Next(0, (int)(Market.True - sent));
        return host.Receive(Market, sent, Market.True, Market.Now - (Market.True - dated));
    }

    /// <summary>Every process has had a few answers since the marketplace's clock was set.</summary>
    private void LearnTheTime()
    {
        foreach (var host in _hosts)
        {
            for (var i = 0; i < ServerClock.AnswersToBelieveAJump; i++)
            {
                Ask(host);
            }
        }
    }

    private void BeginReread(Host host, int a)
    {
        var asked = Books.Rereads.Keys.Select(product => product.Value).Order().ToArray();
        var products = asked.Length > 0 && a % 4 != 0
            ? asked
            : Books.Items.Keys.Select(product => product.Value).Order().Take(1 + (a % 2)).ToArray();
        if (products.Length > 0)
        {
            _reads.Add(new PendingRead(host, false, Market.True, Books.Rereads, Shuffled(products)));
        }
    }

    private void Finish(PendingRead read)
    {
        if (read.Window is null)
        {
            // No call waits for the head of an answer for longer than its time limit.
            var head = read.Start + _random.NextInt64(Math.Min(Market.True - read.Start, 30_000) + 1);
            var dated = read.Start + _random.NextInt64(head - read.Start + 1);
            read.Finish(Market, read.Host.Receive(Market, read.Start, head, Market.Now - (Market.True - dated)));
        }
    }

    private void ApplyOneOf(List<PendingRead> finished, int a, int b)
    {
        if (finished.Count > 0)
        {
            var read = finished[a % finished.Count];
            _reads.Remove(read);
            Apply(read, (b % 10) switch { 9 => SnapshotOutcome.Refused, 7 or 8 => SnapshotOutcome.Withheld, _ => SnapshotOutcome.Applied });
        }
    }

    private void Apply(PendingRead read, SnapshotOutcome outcome)
    {
        var rows = read.Answers.Where(answer => answer.Value > 0).ToDictionary(answer => new ProductId(answer.Key), answer => answer.Value);
        if (read.IsFull && outcome == SnapshotOutcome.Withheld)
        {
            rows = rows.Where(_ => _random.Next(3) > 0).ToDictionary(row => row.Key, row => row.Value);
        }

        var window = read.Window!.Value;
        _trace?.Invoke(
            $"    read {(read.IsFull ? outcome : "again")} {window.From:HH:mm:ss.fff}-{window.To:HH:mm:ss.fff} "
            + Join(read.Answers.OrderBy(answer => answer.Key), answer => $"{answer.Key}={answer.Value}"));
        var verdict = new SnapshotVerdict(outcome, [], SnapshotConsent.None, "EUR");
        var now = read.Host.Present(Market);
        ProductId[] asked = [.. read.Answers.Keys.Select(product => new ProductId(product))];
        Checks.Read(read, outcome, rows, () => Take(new RehearsedStep(
            books => read.IsFull
                ? books.ApplySnapshot(window, rows, verdict, read.Known, now)
                : books.ApplyReread(window, asked, rows, read.Known, now))
        {
            Products = [.. asked.Union(rows.Keys)],
            SalesSince = window.From,
            Snapshot = read.IsFull ? new RehearsedSnapshot(window, rows.ToImmutableDictionary(), verdict, read.Known, now) : null,
            After = Books,
        }));
    }

    private DateTimeOffset Now()
    {
        // Whoever changes something here has called the marketplace before.
        LearnTheTime();
        return HostOf(_random.Next(9)).Present(Market).Now;
    }

    private void Edit(long product, int delta, bool isDelete)
    {
        var item = Books.Items.GetValueOrDefault(new ProductId(product));
        if (item is { Presence.IsRemoved: false } && item.Copies + delta >= 0 && (!isDelete || item.Copies > 0)
            && !Pushes.Any(push => push.IsDelete && push.Product == product))
        {
            Make(product, isDelete ? (0, 0) : Books.Divide(item, delta), isDelete);
        }
    }

    private void Make(long product, (int Listed, int HeldBack) parts, bool isDelete)
    {
        var push = new Push(new Guid(Pushes.Count + 1, 0, 0, new byte[8]), product, parts.Listed, isDelete) { HeldBack = parts.HeldBack };
        var isSent = isDelete || parts.Listed != 0;
        push.IsOver = !isSent;
        Pushes.Add(push);
        var change = new LocalChange
        {
            Id = push.Id,
            Product = new ProductId(product),
            Kind = isDelete ? ChangeKind.Delete : ChangeKind.Adjust,
            Delta = parts.Listed,
            HeldBack = parts.HeldBack,
            Sequence = Pushes.Count,
        };
        var now = Now();
        Market.Product(product).Shelf += parts.Listed + parts.HeldBack;
        Change(push, books => books.Edit(change, now, isSent));
    }

    /// <summary>Forgets the orders that nothing was heard of for some time; a read under way may have begun before that.</summary>
    private void Forget(long kept)
    {
        var begun = _reads.Select(read => Market.Now - (Market.True - read.Start) - Checks.Blur).Append(Market.Now - kept).Min();
        var (orders, before) = (Books.Orders.Orders.Keys.ToArray(), At(begun));
        Checks.Forgets(() => Take(new RehearsedStep(books => books.Forget(orders, before)) { Forgettable = orders, After = Books }));
    }

    private void SetSafetyStock(ProductId product, SafetyStock safetyStock)
    {
        if (Books.Items.TryGetValue(product, out var item) && !item.Presence.IsRemoved)
        {
            Take(new RehearsedStep(books => books.Keep(product, safetyStock))
            {
                Products = [product], SalesSince = At(Market.Now), After = Books,
            });
        }
    }

    /// <summary>A product that is gone stays so here: in its place, another one would be put on sale.</summary>
    private void Divide(long product)
    {
        var id = new ProductId(product);
        if (Books.Items.TryGetValue(id, out var item) && item.Hold == HoldState.Due && Books.IsAtRest(id)
            && Books.Divide(item, 0) is { HeldBack: not 0 } parts && (parts.Listed < 0 || item.Quantity > 0)
            && !Pushes.Any(push => push.IsDelete && push.Product == product))
        {
            Make(product, parts, false);
        }
    }

    private bool IsReserved(Push push) => Books.Changes.GetValueOrDefault(push.Id)?.State == ChangeState.Reserved;

    private void Reserve(long product, int copies)
    {
        if (Books.Items.GetValueOrDefault(new ProductId(product)) is { } item && Books.Sellable(item) >= copies
            && !item.Presence.IsRemoved)
        {
            var push = new Push(new Guid(Pushes.Count + 1, 0, 0, new byte[8]), product, -copies, false) { IsReservation = true };
            Pushes.Add(push);
            var change = new LocalChange
            {
                Id = push.Id, Product = new ProductId(product), Kind = ChangeKind.Adjust, Delta = -copies, Sequence = Pushes.Count,
            };
            var now = Now();
            Market.Product(product).Shelf -= copies;
            Change(push, books => books.Reserve(change, now));
            var reserved = Books.Changes[push.Id];
            (push.Delta, push.HeldBack, push.IsOver) = (reserved.Delta, reserved.HeldBack, reserved.State == ChangeState.LocalOnly);
        }
    }

    /// <summary>The process is gone, or nothing could be sent.</summary>
    private void Release(Push push)
    {
        var now = Now();
        Change(push, books => books.Release(push.Id, now));
    }

    /// <summary>Reads the product, and takes the copies on their way if they are there.</summary>
    private void Confirm(Host host, Push push)
    {
        LearnTheTime();
        var product = new ProductId(push.Product);
        var answered = Books.Changes.Values.Where(change => change.State == ChangeState.Acknowledged)
            .Select(change => change.Id).ToHashSet();
        var read = new PendingRead(host, false, Market.True, Books.Rereads, [push.Product]);
        Market.Wait(_random.Next(400));
        Finish(read);
        var reading = new Reading(read.Window!.Value, read.Answers[push.Product]);
        Dictionary<ProductId, int> rows = reading.Quantity > 0 ? new() { [product] = reading.Quantity } : [];
        var now = host.Present(Market);
        var verdict = ReservationRule.Decide(
            Books.SeenBy(answered, reading.Window).Changes[push.Id],
            reading,
            Books.Orders.CountedOf(product),
            Books.Orders.EndedOf(product),
            [.. Books.SeenBy(answered, reading.Window).ChangesOf(product)]);
        Checks.Confirms(push, verdict);
        if (verdict == ReservationVerdict.NotEnough)
        {
            // What gives the copies back is no matter of the read: that may be an old one.
            Change(push, books => books.SeenBy(answered, reading.Window).GiveBack(push.Id, now.Now));
        }

        Checks.Read(read, SnapshotOutcome.Applied, rows, () => Take(new RehearsedStep(books =>
        {
            books = books.SeenBy(answered, reading.Window).ApplyReread(reading.Window, [product], rows, read.Known, now);
            return verdict == ReservationVerdict.Enough ? books.Send(push.Id, now.Now, reading) : books;
        })
        {
            Products = [product], SalesSince = reading.Window.From, After = Books,
        }));
        push.IsOnItsWay = verdict == ReservationVerdict.Enough;
        push.OnItsWay = push.IsOnItsWay ? (Market.True, long.MaxValue) : push.OnItsWay;
        if (push.IsOnItsWay)
        {
            Market.Product(push.Product).Blur();
        }
    }

    private void Send(int a) =>
        OnPush(a, push => Books.Changes.GetValueOrDefault(push.Id)?.State == ChangeState.Waiting, push => TrySend(push));

    /// <summary>Changes that wait become one, and what takes itself back is not sent.</summary>
    private void Gather(Push push)
    {
        var product = new ProductId(push.Product);
        Change(push, books => books.Gather(product));
        foreach (var other in Pushes.Where(other => other.Product == push.Product && !other.IsOver))
        {
            if (Books.Changes.GetValueOrDefault(other.Id) is not { } change)
            {
                continue;
            }

            (other.Delta, other.HeldBack, other.IsOver) = change.State == ChangeState.Superseded
                ? (0, 0, true)
                : (change.Delta, change.HeldBack, false);
        }
    }

    private bool TrySend(Push push)
    {
        if (Books.Changes.GetValueOrDefault(push.Id)?.State == ChangeState.Waiting && _random.Next(2) == 0)
        {
            Gather(push);
        }

        if (Books.Changes.GetValueOrDefault(push.Id) is not { } change
            || !PushRule.MaySend(change, Books.Changes.Values.Where(other => other.Product == change.Product)))
        {
            return false;
        }

        Checks.Sends(push);
        var now = Now();
        Change(push, books => books.Send(push.Id, now));
        push.IsOnItsWay = true;
        push.OnItsWay = (Market.True, long.MaxValue);
        push.Arrived = false;
        return true;
    }

    private void Arrive(Push push)
    {
        if (!push.Arrived)
        {
            push.Arrived = true;
            var before = Market.Product(push.Product).Quantity;
            var moved = push.IsDelete ? Market.Increment(push.Product, -1_000_000) : Market.Increment(push.Product, push.Delta);
            push.Effects += moved ? 1 : 0;
            Market.Product(push.Product).Shelf += before - Market.Product(push.Product).Quantity;
        }
    }

    private void Answer(Push push, int b)
    {
        push.IsOnItsWay = false;
        push.OnItsWay = (push.OnItsWay.From, Market.True);
        var outcome = (b % 5 == 0, push.Arrived, push.Effects > 0) switch
        {
            (true, _, _) => SendOutcome.AnswerLost,
            (_, false, _) => b % 5 == 1 ? SendOutcome.Rejected : SendOutcome.NotSent,
            (_, _, true) => SendOutcome.Done,
            _ => SendOutcome.NotThere,
        };
        push.WasRefused |= outcome is SendOutcome.NotThere or SendOutcome.Rejected;
        push.WasInDoubt |= outcome == SendOutcome.AnswerLost;
        push.IsOver = outcome is SendOutcome.Done or SendOutcome.NotThere or SendOutcome.Rejected;
        if (!push.IsReservation && (outcome == SendOutcome.Rejected || (outcome == SendOutcome.NotThere && push.Delta > 0)))
        {
            // A sale or a restock that is refused is undone here by the read that follows, unless copies held back stood in for it; copies
            // that were to be moved stay where they are.
            var refused = Books.Changes[push.Id];
            Market.Product(push.Product).Forgotten += Math.Max(0, refused.Delta + refused.Moved);
            Market.Product(push.Product).Shelf -= refused.Delta + refused.Moved + Math.Max(0, refused.Short - Math.Max(0, refused.Moved));
        }

        var now = Now();
        Change(push, books => books.Answer(push.Id, outcome, now));
    }

    private void Apply(OrderReport report, Present now)
    {
        Take(new RehearsedStep(
            books => books.Apply(report, now)) { Report = report, Fetched = report.IsDetail ? report.Id : null, After = Books });
    }

    private void Change(Push push, Func<AccountBooks, AccountBooks> rule) => Take(new RehearsedStep(rule)
    {
        Products = [new ProductId(push.Product)], SalesSince = At(Market.Now), After = Books,
    });

    private void Take(RehearsedStep step)
    {
        Books = step.Rule(Books);
        Steps.Add(step with { After = Books });
    }

    /// <summary>Reads the products in doubt, then polls the orders, then applies the read.</summary>
    private void ResolveDoubts(Host host)
    {
        var products = Books.Changes.Values
            .Where(change => change.State == ChangeState.InDoubt)
            .Select(change => change.Product.Value)
            .Distinct()
            .ToArray();
        if (products.Length > 0)
        {
            Market.Wait(5_000);
            LearnTheTime();
            var read = new PendingRead(host, false, Market.True, Books.Rereads, products);
            Finish(read);
            Market.Wait(5_000);
            PollAll(host);
            Apply(read, SnapshotOutcome.Applied);
        }
    }

    private void OnOrder(int a, Action<MarketOrder> act)
    {
        var live = Market.Orders.Where(order => !order.IsDestroyed).ToArray();
        if (live.Length > 0)
        {
            act(live[a % live.Length]);
        }
    }

    private void OnPush(int a, Func<Push, bool> which, Action<Push> act)
    {
        var pushes = Pushes.Where(which).ToArray();
        if (pushes.Length > 0)
        {
            act(pushes[a % pushes.Length]);
        }
    }

    private long Product(int a) => 1 + (a % Market.Products.Count);

    private (long Product, int Quantity)[] Lines(int a, int b, int c) =>
        [.. Enumerable.Range(0, 1 + (a % 3)).Select(i => (Product(b + (i * (c % 3))), 1 + ((c >> i) % 3)))];

    private Host HostOf(int a) => _hosts[a % _hosts.Length];

    /// <summary>Seconds to hours, forward or back.</summary>
    private static long StepOf(int b, int c) => (long)(1000 * Math.Pow(10, b % 5)) * (c % 2 == 0 ? 1 : -1);

    private T[] Shuffled<T>(IEnumerable<T> source)
    {
        var array = source.ToArray();
        _random.Shuffle(array);
        return array;
    }
}
