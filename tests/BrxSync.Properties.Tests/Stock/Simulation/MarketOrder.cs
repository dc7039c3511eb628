namespace BrxSync.Properties.Tests.Stock.Simulation;

/// <summary>An order as the marketplace has it.</summary>
internal sealed class MarketOrder(long id, bool zero, string state)
{
    public long Id => id;

    public bool Zero => zero;

    public string State { get; set; } = state;

    public string? StateBeforeAsking { get; set; }

    public bool IsPresale { get; init; }

    public bool IsPurchase { get; init; }

    /// <summary>When the order was made, in true time.</summary>
    public long SoldAt { get; init; }

    public bool IsDestroyed { get; set; }

    /// <summary>True once it was in a state that decides nothing.</summary>
    public bool WasUndecided { get; set; }

    public List<MarketItem> Items { get; } = [];

    public MarketOrder? CarriedInto { get; set; }

    /// <summary>Counts the changes, so that a test can tell whether the latest was delivered.</summary>
    public int Version { get; set; }

    /// <summary>The latest version whose state says whether the sale stands.</summary>
    public int DecisiveVersion { get; set; }

    /// <summary>When the order last moved stock.</summary>
    public long? LastStockChange { get; set; }

    public bool IsOver => IsDestroyed || State is "canceled" or "cancelled";

    /// <summary>The sale whose goods these are stands: not cancelled here nor in any order they went on into.</summary>
    public bool Stands(MarketItem item)
    {
        if (CarriedInto is null)
        {
            return !IsOver && State != "pending" && !(State == "under_review" && StateBeforeAsking == "pending") && !item.IsDeleted;
        }

        // The item goes on as a copy; copies are told apart by source, product and quantity in order of appearance.
        var twin = CarriedInto.Items.Where(other => other.Source == item.Source && other.Product == item.Product)
            .ElementAtOrDefault(Items
            .Where(other => !other.IsDeleted && other.Product == item.Product && other.Source == item.Source)
            .ToList()
            .IndexOf(item));
        return !item.IsDeleted && twin is not null && CarriedInto.Stands(twin);
    }
}
