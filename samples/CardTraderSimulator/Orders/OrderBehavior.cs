namespace BrxSync.Simulator.Orders;

/// <summary>Where the real marketplace's ways are unknown or vary; may be changed at any time.</summary>
public sealed class OrderBehavior
{
    /// <summary>Gets or sets whether the items of a weekly order keep the ids they have in their sources.</summary>
    /// <value>true</value>
    public bool MergeKeepsItemIds { get; set; } = true;

    /// <summary>Gets or sets whether <c>cancelled</c> is written instead of <c>canceled</c>.</summary>
    /// <value>false</value>
    public bool CancelledVariant { get; set; }

    /// <summary>Gets or sets whether direct items leave <c>hub_pending_order_id</c> out instead of writing null.</summary>
    /// <value>false</value>
    public bool OmitNullHubPendingOrderId { get; set; }

    /// <summary>Gets or sets whether every unit of a line becomes an order item of its own, as was recorded.</summary>
    /// <value>false</value>
    public bool SplitLines { get; set; }
}
