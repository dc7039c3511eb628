using BrxSync.Simulator.Orders;
using Microsoft.Extensions.Time.Testing;

namespace BrxSync.Simulator.Tests.Orders;

public sealed class OrderCallTests : SimulatorTest
{
    private const string Explanation = "The card was damaged while it was being packed, so it cannot be sent as it was described.";

    private readonly FakeTimeProvider time = new();

    protected override CardTraderSimulatorOptions Options()
    {
        var options = base.Options();
        options.TimeProvider = time;
        return options;
    }

    [Fact]
    public async Task List_Pages_EndWithAShortOneAndThenAnEmptyOne()
    {
        PlaceMany(25);

        var sizes = new List<int>();
        for (var page = 1; page <= 4; page++)
        {
            sizes.Add((await GetAsync($"orders?order_as=seller&limit=10&page={page}")).Json.GetArrayLength());
        }

        sizes.ShouldBe([10, 10, 5, 0]);
    }

    [Theory]
    [InlineData("limit=100", 25)]
    [InlineData("limit=101", 20)]
    [InlineData("limit=0", 20)]
    [InlineData("limit=many", 20)]
    [InlineData("page=0", 20)]
    public async Task List_InvalidPaging_SilentlyFallsBack(string query, int rows)
    {
        PlaceMany(25);

        (await GetAsync("orders?" + query)).Json.GetArrayLength().ShouldBe(rows);
    }

    [Fact]
    public async Task List_Default_IsNewestFirst()
    {
        var ids = PlaceMany(3);

        (await IdsAsync("orders")).ShouldBe(ids.AsEnumerable().Reverse());
        (await IdsAsync("orders?sort=id.asc")).ShouldBe(ids);
    }

    [Fact]
    public async Task List_FromId_IsExclusiveAndToIdInclusive()
    {
        var ids = PlaceMany(5);

        (await IdsAsync($"orders?sort=id.asc&from_id={ids[1]}&to_id={ids[3]}")).ShouldBe([ids[2], ids[3]]);
    }

    [Fact]
    public async Task List_FromAndTo_AreDaysAndStateFilters()
    {
        var first = PlaceMany(1)[0];
        time.Advance(TimeSpan.FromDays(3));
        var second = PlaceMany(1)[0];
        Host.Orders.Ship(Host.Orders.Find(Demo, second)!);
        var day = Host.Clock.Now.UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

        (await IdsAsync($"orders?from={day}")).ShouldBe([second]);
        (await IdsAsync("orders?state=paid")).ShouldBe([first]);
    }

    [Fact]
    public async Task List_OrderAs_TellsSalesFromPurchases()
    {
        var sale = PlaceMany(1)[0];
        var purchase = Host.Orders.PlaceAsBuyer(Demo, Demo.FindProduct(Demo.GetStock()[0].ProductId)!, 1);

        (await IdsAsync("orders?order_as=seller")).ShouldBe([sale]);
        (await IdsAsync("orders?order_as=buyer")).ShouldBe([purchase.Id]);
    }

    [Fact]
    public async Task Get_AnotherSellersOrder_Is404() => (await GetAsync("orders/17")).Status.ShouldBe(404);

    [Fact]
    public async Task Ship_Paid_AnswersTheSentOrderAndTheSecondCallAnError()
    {
        var id = PlaceMany(1)[0];

        (await PutAsync($"orders/{id}/ship")).Json.GetProperty("state").GetString().ShouldBe("sent");
        var again = await PutAsync($"orders/{id}/ship");

        again.Status.ShouldBe(422);
        again.Json.GetProperty("error_code").GetString().ShouldBe("validation_error");
    }

    [Fact]
    public async Task TrackingCode_Paid_IsShownInTheOrder()
    {
        var id = PlaceMany(1)[0];

        (await PutAsync($"orders/{id}/tracking_code", new { tracking_code = "EX1" })).Status.ShouldBe(200);

        (await GetAsync($"orders/{id}")).Json.GetProperty("order_shipping_method").GetProperty("tracking_code").GetString().ShouldBe("EX1");
        (await PutAsync($"orders/{id}/tracking_code", new { })).Status.ShouldBe(422);
    }

    [Fact]
    public async Task TrackingCode_ZeroOrderAfterShipping_IsRefused()
    {
        Host.Orders.Place(Demo, Demo.GetStock()[0].ProductId, 1, OrderKind.Zero);
        var merged = Host.Orders.MergeWeekly(Demo)!;
        Host.Orders.Ship(merged);

        (await PutAsync($"orders/{merged.Id}/tracking_code", new { tracking_code = "EX1" })).Status.ShouldBe(422);
    }

    [Fact]
    public async Task RequestCancellation_ShortExplanation_IsRefused()
    {
        var id = PlaceMany(1)[0];

        (await PutAsync($"orders/{id}/request-cancellation", new { cancel_explanation = new string('x', 49) })).Status.ShouldBe(422);
        (await PutAsync($"orders/{id}/request-cancellation", new { cancel_explanation = new string('x', 50) })).Json
            .GetProperty("state").GetString().ShouldBe("request_for_cancel");
    }

    [Fact]
    public async Task RequestCancellation_WithRelist_GivesTheUnitsBackWhenItIsCancelled()
    {
        var level = Demo.GetStock().First(level => level.Quantity > 1);
        var order = Host.Orders.Place(Demo, level.ProductId, 1)!;
        await PutAsync($"orders/{order.Id}/request-cancellation", new { cancel_explanation = Explanation, relist_if_cancelled = true });
        Demo.FindProduct(level.ProductId)!.Quantity.ShouldBe(level.Quantity - 1);

        Host.Orders.Cancel(order);

        Demo.FindProduct(level.ProductId)!.Quantity.ShouldBe(level.Quantity);
    }

    [Fact]
    public async Task ConfirmCancellation_OnlyWhatTheOtherSideAskedFor()
    {
        var id = PlaceMany(1)[0];
        (await PutAsync($"orders/{id}/confirm-cancellation", new { relist_if_cancelled = true })).Status.ShouldBe(422);
        Host.Orders.RequestCancellation(Host.Orders.Find(Demo, id)!);

        var answer = await PutAsync($"orders/{id}/confirm-cancellation", new { relist_if_cancelled = true });

        answer.Json.GetProperty("state").GetString().ShouldBe("canceled");
        answer.Json.GetProperty("cancel_requester").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Object);
        Host.CheckInvariants().ShouldBeEmpty();
    }

    [Fact]
    public async Task Get_WrittenFields_FollowTheRecordedQuirks()
    {
        Host.Orders.Place(Demo, Demo.GetStock()[0].ProductId, 1, OrderKind.Zero);

        var order = (await GetAsync("orders")).Json[0];

        order.GetProperty("paid_at").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        order.GetProperty("buyer").GetProperty("id").GetInt64().ShouldBe(34089);
        order.GetProperty("order_shipping_method").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        order.GetProperty("seller_total").GetRawText().ShouldBe(order.GetProperty("seller_subtotal").GetRawText());
        foreach (var absent in (string[])["fee_percentage", "fee_amount", "subtotal", "buyer_total"])
        {
            order.TryGetProperty(absent, out _).ShouldBeFalse();
        }

        var item = order.GetProperty("order_items")[0];
        item.TryGetProperty("bundle_size", out _).ShouldBeFalse();
        item.GetProperty("hub_pending_order_id").GetInt64().ShouldBe(order.GetProperty("id").GetInt64());
    }

    private List<long> PlaceMany(int count) =>
        [.. Demo.GetStock().Take(count).Select(level => Host.Orders.Place(Demo, level.ProductId, 1)!.Id)];

    private async Task<List<long>> IdsAsync(string path) =>
        [.. (await GetAsync(path)).Json.EnumerateArray().Select(order => order.GetProperty("id").GetInt64())];
}
