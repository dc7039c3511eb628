namespace BrxSync.Simulator.Webhooks;

/// <summary>How much of an order a webhook tells; an order asked for tells all.</summary>
public enum OrderDetail
{
    /// <summary>Everything.</summary>
    Full,

    /// <summary>The items are left out.</summary>
    WithoutItems,

    /// <summary>The items do not say which product was sold: <c>product_id</c> is null.</summary>
    WithoutProductIds,

    /// <summary>The last item is left out, so that <c>size</c> is more than the sum.</summary>
    WithoutLastItem,
}
