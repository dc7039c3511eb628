namespace BrxSync.Simulator.Orders;

/// <summary>The orders of one account. Ids only grow, so the list is in order.</summary>
internal sealed class AccountOrders
{
    private readonly List<SimulatedOrder> byId = [];
    private readonly Dictionary<long, SimulatedOrder> index = [];

    public IReadOnlyList<SimulatedOrder> ById => byId;

    public SimulatedOrder? Find(long id) => index.GetValueOrDefault(id);

    public void Add(SimulatedOrder order)
    {
        byId.Add(order);
        index.Add(order.Id, order);
    }

    /// <summary>Lists the orders with ids above the first and up to the second bound.</summary>
    public IEnumerable<SimulatedOrder> Between(long above, long upTo)
    {
        var low = 0;
        var high = byId.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = byId[middle].Id > above ? (low, middle) : (middle + 1, high);
        }

        return byId.Skip(low).TakeWhile(order => order.Id <= upTo);
    }
}
