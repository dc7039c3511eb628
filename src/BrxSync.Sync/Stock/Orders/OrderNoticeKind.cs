namespace BrxSync.Sync.Stock.Orders;

/// <summary>What is odd about an order.</summary>
internal enum OrderNoticeKind
{
    /// <summary>Its state is none that is known.</summary>
    UnknownState,

    /// <summary>Even the order fetched by its id has an item without a product.</summary>
    ItemWithoutProduct,

    /// <summary>Even the order fetched by its id does not add up: its size is not the sum of its items, or it has none.</summary>
    SizeMismatch,

    /// <summary>Even the order fetched by its id does not say whether it was sold over CardTrader Zero.</summary>
    UnknownChannel,
}
