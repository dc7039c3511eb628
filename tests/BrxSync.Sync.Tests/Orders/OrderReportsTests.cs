using System.Text;
using BrxSync.Client.Webhooks;
using BrxSync.Sync.Orders;

namespace BrxSync.Sync.Tests.Orders;

public sealed class OrderReportsTests
{
    [Theory]
    [InlineData("\"deleted_at\": null, \"hub_pending_order_id\": null", 1)]
    [InlineData("\"deleted_at\": \"yesterday\"", 0)]
    [InlineData("\"hub_pending_order_id\": {\"id\": 5}", 0)]
    [InlineData("\"mkm_id\": [], \"created_at\": 7", 1)]
    public void Of_ItemThatMayNotCount_IsFetchedInsteadOfCounted(string keys, int items)
    {
        var body = $$$"""
            {"id": "d", "time": 1793610905, "cause": "order.update", "object_class": "Order", "object_id": 1, "mode": "live",
             "data": {"id": 1, "state": "paid", "size": 2, "via_cardtrader_zero": false,
             "order_items": [{"id": 2, "product_id": 3, "quantity": 2, {{{keys}}}}]}}
            """;
        WebhookParser.TryParse(Encoding.UTF8.GetBytes(body), out var webhook, out _).ShouldBeTrue();

        var report = OrderReports.Of((OrderWebhookEvent)webhook!).ShouldNotBeNull();

        (report.Items.Length, report.IsComplete).ShouldBe((items, items > 0));
    }
}
