namespace BrxSync.Properties.Tests.Stock.Simulation;

/// <summary>
/// A tiny marketplace that knows the truth: how many copies of each product there were at every instant, and which sales stand. It
/// shares nothing with the rules under test: plain numbers, milliseconds, states as text.
/// </summary>
internal sealed class Market
{
    private readonly Dictionary<long, MarketProduct> _products = [];
    private readonly Dictionary<long, MarketOrder> _orders = [];
    private long _nextId = 1000;
    private long _clockError;

    /// <summary>Creates a marketplace with products 1, 2, 3, ... of these quantities.</summary>
    public Market(IEnumerable<int> quantities)
    {
        foreach (var quantity in quantities)
        {
            var id = _products.Count + 1;
            _products.Add(id, new MarketProduct(id, quantity, True));
        }
    }

    /// <summary>The time that passes, whatever any clock says of it.</summary>
    public long True { get; private set; } = 1_000_000_000;

    /// <summary>The marketplace's clock.</summary>
    public long Now => True + _clockError;

    /// <summary>When the marketplace's clock was set last, in true time; 0 if never.</summary>
    public long LastStep { get; private set; }

    public IReadOnlyCollection<MarketProduct> Products => _products.Values;

    public IReadOnlyCollection<MarketOrder> Orders => _orders.Values;

    /// <summary>Called with every webhook that the marketplace sends.</summary>
    public Action<MarketReport> Sends { get; set; } = _ => { };

    public void Wait(long milliseconds) => True += milliseconds;

    /// <summary>Until when its clock shows times that it has shown before, in true time.</summary>
    public long RepeatsUntil { get; private set; }

    /// <summary>Somebody sets the marketplace's clock.</summary>
    public void StepClock(long milliseconds)
    {
        (_clockError, LastStep) = (_clockError + milliseconds, True);
        RepeatsUntil = Math.Max(RepeatsUntil - milliseconds, True - milliseconds);
    }

    public MarketProduct Product(long id) => _products[id];

    public MarketOrder? Find(long order) => _orders.GetValueOrDefault(order) is { IsDestroyed: false } found ? found : null;

    public MarketOrder Get(long order) => _orders[order];

    /// <summary>Somebody buys; the stock falls at once.</summary>
    public void Buy(bool zero, bool paymentPending, bool presale, IReadOnlyList<(long Product, int Quantity)> lines)
    {
        var order = new MarketOrder(_nextId++, zero, zero ? "hub_pending" : paymentPending ? "pending" : "paid")
        {
            IsPresale = presale, SoldAt = True,
        };
        foreach (var (product, wanted) in lines)
        {
            var quantity = Math.Min(wanted, _products[product].Quantity);
            if (quantity > 0)
            {
                Change(product, -quantity);
                order.Items.Add(new MarketItem(_nextId++, order.Id, product, quantity, Now));
            }
        }

        if (order.Items.Count > 0)
        {
            _orders.Add(order.Id, order);
            Report(order, "order.create");
        }
    }

    /// <summary>We buy something of somebody else: not our stock, but the webhook comes to the same address.</summary>
    public void Purchase(long product)
    {
        var order = new MarketOrder(_nextId++, false, "paid") { IsPurchase = true };
        order.Items.Add(new MarketItem(_nextId++, order.Id, product, 1, Now));
        Report(order, "order.create");
    }

    public void Advance(MarketOrder order)
    {
        var next = order.State switch
        {
            "pending" => "paid",
            "paid" => "sent",
            "sent" => "arrived",
            "arrived" => "done",
            _ => null,
        };
        if (next is not null)
        {
            Become(order, next);
        }
    }

    /// <summary>The weekly merge of CardTrader Zero: the same goods again in one paid order, the sources closed.</summary>
    public void Merge(IReadOnlyList<MarketOrder> sources, bool keepsItemIds, bool keepsTimes)
    {
        var merged = sources.Where(order => order is { Zero: true, State: "hub_pending", IsPresale: false }).ToList();
        CarryOver(merged, "paid", keepsItemIds, keepsTimes);
    }

    /// <summary>A pre-sale ends: its goods move into a new order that waits for the weekly merge like any other.</summary>
    public void EndPresale(MarketOrder order, bool keepsItemIds)
    {
        if (order is { IsPresale: true, State: "hub_pending" })
        {
            CarryOver([order], "hub_pending", keepsItemIds, true);
        }
    }

    public void AskToCancel(MarketOrder order)
    {
        if (order.State is "paid" or "sent" or "hub_pending")
        {
            order.StateBeforeAsking = order.State;
            Become(order, "request_for_cancel");
        }
    }

    public void StopAsking(MarketOrder order)
    {
        if (order is { State: "request_for_cancel", StateBeforeAsking: { } before })
        {
            Become(order, before);
        }
    }

    public void Lose(MarketOrder order)
    {
        if (order.State == "sent")
        {
            Become(order, "lost");
        }
    }

    /// <summary>Cancels an order, with or without putting its copies back on sale.</summary>
    public void Cancel(MarketOrder order, bool relist, string spelling)
    {
        if (order.State is "pending" or "hub_pending" or "paid" or "sent" or "request_for_cancel" or "under_review")
        {
            Return(order, order.Items, relist);
            Become(order, spelling);
        }
    }

    /// <summary>Deletes an order; its webhook says nothing but the id.</summary>
    public void Destroy(MarketOrder order, bool relist)
    {
        if (!order.IsDestroyed && order.State is not "closed")
        {
            Return(order, order.IsOver ? [] : order.Items, relist);
            order.IsDestroyed = true;
            Report(order, "order.destroy");
        }
    }

    /// <summary>Takes one item out of an order.</summary>
    public void Drop(MarketOrder order, int index, bool relist)
    {
        if (order.State is "hub_pending" or "paid" or "sent" or "pending" or "request_for_cancel" or "lost" or "under_review"
            && order.Items.Count > 1)
        {
            var item = order.Items[index % order.Items.Count];
            if (!item.IsDeleted)
            {
                Return(order, [item], relist);
                item.IsDeleted = true;
                Report(order, "order.update");
            }
        }
    }

    /// <summary>Another item goes into an order. A weekly order only gathers what its sources sold.</summary>
    public void Add(MarketOrder order, long product, int quantity)
    {
        var taken = Math.Min(quantity, _products[product].Quantity);
        if (order.State is "pending" or "request_for_cancel" or "under_review" && taken > 0
            && order.Items.All(item => item.Source == order.Id))
        {
            Change(product, -taken);
            order.Items.Add(new MarketItem(_nextId++, order.Id, product, taken, Now));
            order.LastStockChange = True;
            Report(order, "order.update");
        }
    }

    /// <summary>An order goes into a state that nobody has described, or comes back from it.</summary>
    public void Review(MarketOrder order)
    {
        if (order.State is "paid" or "pending" or "hub_pending")
        {
            order.StateBeforeAsking = order.State;
            Become(order, "under_review");
        }
        else if (order is { State: "under_review", StateBeforeAsking: { } before })
        {
            Become(order, before);
        }
    }

    /// <summary>The seller edits on the website. Nobody is told.</summary>
    public void SiteEdit(long product, int quantity)
    {
        if (quantity != _products[product].Quantity)
        {
            Change(product, quantity - _products[product].Quantity);
            _products[product].LastSilentChange = True;
        }
    }

    /// <summary>A call of <c>increment</c>. A product at zero is no longer there.</summary>
    public bool Increment(long product, int delta)
    {
        var quantity = _products[product].Quantity;
        if (quantity == 0)
        {
            return false;
        }

        Change(product, Math.Max(0, quantity + delta) - quantity);
        return true;
    }

    /// <summary>What the API answers for an order now.</summary>
    public static MarketReport Read(MarketOrder order, long from, long to) => MarketReport.Of(order, "read", from, to);

    private void CarryOver(List<MarketOrder> sources, string state, bool keepsItemIds, bool keepsTimes)
    {
        if (sources.Count == 0)
        {
            return;
        }

        var order = new MarketOrder(_nextId++, true, state) { SoldAt = True };
        foreach (var item in sources.SelectMany(source => source.Items).Where(item => !item.IsDeleted))
        {
            order.Items.Add(new MarketItem(
                keepsItemIds ? item.Id : _nextId++, item.Source, item.Product, item.Quantity, keepsTimes ? item.CreatedAt : Now));
        }

        foreach (var source in sources)
        {
            source.CarriedInto = order;
            Become(source, "closed");
        }

        if (order.Items.Count > 0)
        {
            _orders.Add(order.Id, order);
            Report(order, "order.create");
        }
    }

    private void Return(MarketOrder order, IEnumerable<MarketItem> items, bool relist)
    {
        foreach (var item in items.Where(item => !item.IsDeleted))
        {
            Change(item.Product, relist ? item.Quantity : 0);
            order.LastStockChange = True;
        }
    }

    private void Become(MarketOrder order, string state)
    {
        order.State = state;
        Report(order, "order.update");
    }

    private void Report(MarketOrder order, string cause)
    {
        order.Version++;
        order.DecisiveVersion = order.State is "pending" or "request_for_cancel" or "lost" or "under_review" && !order.IsDestroyed
            ? order.DecisiveVersion
            : order.Version;
        order.WasUndecided |= order.State is "pending" or "request_for_cancel" or "lost" or "under_review";
        order.LastStockChange ??= True;
        Sends(MarketReport.Of(order, cause, Now - (Now % 1000), Now - (Now % 1000) + 999));
    }

    private void Change(long product, int delta) => _products[product].Set(True, _products[product].Quantity + delta);
}
