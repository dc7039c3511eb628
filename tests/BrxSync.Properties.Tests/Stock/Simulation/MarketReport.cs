namespace BrxSync.Properties.Tests.Stock.Simulation;

/// <summary>What a webhook or an answer of the API says about an order at some instant: a copy that no longer changes.</summary>
internal sealed record MarketReport(
    long Order,
    bool Zero,
    bool IsPurchase,
    string Cause,
    string State,
    int Version,
    long From,
    long To,
    IReadOnlyList<MarketReportItem> Items)
{
    public bool IsDestroy => Cause == "order.destroy";

    public bool IsRead => Cause == "read";

    public bool Decides => IsDestroy || State is not ("pending" or "request_for_cancel" or "lost" or "under_review");

    public bool Ends => IsDestroy || State is "canceled" or "cancelled";

    public static MarketReport Of(MarketOrder order, string cause, long from, long to) => new(
        order.Id, order.Zero, order.IsPurchase, cause, order.State, order.Version, from, to,
        cause == "order.destroy" ? [] : [.. order.Items.Select(item =>
            new MarketReportItem(item.Id, item.Source, item.Product, item.Quantity, item.CreatedAt, item.IsDeleted))]);
}
