using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BrxSync.Simulator.Orders;
using BrxSync.Simulator.Webhooks;
using Microsoft.Extensions.Time.Testing;

namespace BrxSync.Simulator.Tests.Webhooks;

public sealed class WebhookTests : SimulatorTest
{
    private readonly WebhookReceiver receiver = new();
    private readonly FakeTimeProvider time = new();

    protected override CardTraderSimulatorOptions Options() => new()
    {
        TimeProvider = time,
        WebhookTransport = receiver,
        Sellers = { new SellerOptions { WebhookUrl = WebhookReceiver.Url }, new SellerOptions { Name = "other" } },
    };

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        receiver.Dispose();
    }

    [Fact]
    public async Task Place_Order_IsAnnouncedWithASignatureOverTheRawBytes()
    {
        var order = Sell();
        await Host.Webhooks.FlushAsync();

        var (body, signature, url) = receiver.Received.Single();
        url.ShouldBe(WebhookReceiver.Url);
        signature.ShouldBe(Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Demo.SharedSecret), body)));
        var json = JsonDocument.Parse(body).RootElement;
        json.GetProperty("cause").GetString().ShouldBe("order.create");
        json.GetProperty("object_class").GetString().ShouldBe("Order");
        json.GetProperty("object_id").GetInt64().ShouldBe(order.Id);
        json.GetProperty("mode").GetString().ShouldBe("live");
        json.GetProperty("time").GetInt64().ShouldBe(Host.Clock.Now.ToUnixTimeSeconds());
        Guid.TryParse(json.GetProperty("id").GetString(), out _).ShouldBeTrue();
        json.GetProperty("data").GetProperty("state").GetString().ShouldBe("paid");
    }

    [Fact]
    public void Sign_KnownVector_UsesTheSecretAsText()
    {
        // HMAC-SHA256 of an empty body under this text; the hex-decoded key would give another value.
        WebhookEnvelope.Sign("6011ed114ec341d5088496d4177ffec5", []).ShouldBe("IWV497Ol9mUThHQNcHStcjkJ9n+cFihz/OvuGFIsVkw=");
    }

    [Fact]
    public async Task Life_EveryStepOfTheMarketplace_IsAnnounced()
    {
        var order = Sell();
        Host.Orders.Ship(order);
        Host.Orders.Arrive(order);
        await Host.Webhooks.FlushAsync();

        Causes().ShouldBe(["order.create", "order.update", "order.update"]);
    }

    [Fact]
    public async Task Calls_OfTheSellerItself_AreNotAnnounced()
    {
        var order = Sell();
        await PutAsync($"orders/{order.Id}/ship");
        await PutAsync($"products/{Demo.GetStock()[1].ProductId}", new { quantity = 9 });
        await Host.Webhooks.FlushAsync();

        Causes().ShouldBe(["order.create"]);
    }

    [Fact]
    public async Task Merge_Weekly_AnnouncesTheNewOrderAndItsClosedSources()
    {
        Host.Orders.Place(Demo, Demo.GetStock()[0].ProductId, 1, OrderKind.Zero);
        Host.Orders.MergeWeekly(Demo);
        await Host.Webhooks.FlushAsync();

        Causes().ShouldBe(["order.create", "order.create", "order.update"]);
        Data(2).GetProperty("state").GetString().ShouldBe("closed");
    }

    [Theory]
    [InlineData(DestroyData.EmptyObject, "{}")]
    [InlineData(DestroyData.Null, "null")]
    [InlineData(DestroyData.EmptyText, "\"\"")]
    [InlineData(DestroyData.Absent, null)]
    public async Task Destroy_Order_CarriesNoData(DestroyData form, string? expected)
    {
        Host.Webhooks.Behavior.DestroyData = form;
        Host.Orders.Destroy(Sell(), relist: false);
        await Host.Webhooks.FlushAsync();

        var json = JsonDocument.Parse(receiver.Received[1].Body).RootElement;
        json.GetProperty("cause").GetString().ShouldBe("order.destroy");
        (json.TryGetProperty("data", out var data) ? data.GetRawText() : null).ShouldBe(expected);
    }

    [Fact]
    public async Task Duplicates_SameId_RepeatTheBytes()
    {
        Host.Webhooks.Behavior.Duplicates = 1;
        Sell();
        await Host.Webhooks.FlushAsync();

        receiver.Received.Count.ShouldBe(2);
        receiver.Received[1].Body.ShouldBe(receiver.Received[0].Body);
    }

    [Fact]
    public async Task Duplicates_NewId_DifferInNothingElse()
    {
        Host.Webhooks.Behavior.DuplicatesWithNewId = 1;
        Sell();
        await Host.Webhooks.FlushAsync();

        var ids = receiver.Received.Select(sent => JsonDocument.Parse(sent.Body).RootElement.GetProperty("id").GetString()!).ToList();
        ids.Distinct().Count().ShouldBe(2);
        Encoding.UTF8.GetString(receiver.Received[1].Body).Replace(ids[1], ids[0], StringComparison.Ordinal)
            .ShouldBe(Encoding.UTF8.GetString(receiver.Received[0].Body));
        receiver.Received[1].Signature.ShouldNotBe(receiver.Received[0].Signature);
    }

    [Fact]
    public async Task Delay_WebhooksWaitForTheClock()
    {
        Host.Webhooks.Behavior.Delay = TimeSpan.FromHours(3);
        Sell();

        time.Advance(TimeSpan.FromHours(2));
        Host.Webhooks.Queued().Count.ShouldBe(1);
        receiver.Received.ShouldBeEmpty();
        time.Advance(TimeSpan.FromHours(2));
        await Host.Webhooks.FlushAsync();

        receiver.Received.Count.ShouldBe(1);
        Host.Webhooks.All().Single().State.ShouldBe(WebhookState.Delivered);
    }

    [Fact]
    public async Task Flush_Shuffled_SendsAllInAnotherOrder()
    {
        Host.Webhooks.Behavior.Hold = true;
        var orders = Enumerable.Range(0, 8).Select(_ => Sell().Id).ToList();

        await Host.Webhooks.FlushAsync(shuffleSeed: 5);

        var arrived = receiver.Received.Select(sent => JsonDocument.Parse(sent.Body).RootElement.GetProperty("object_id").GetInt64())
            .ToList();
        arrived.Order().ShouldBe(orders);
        arrived.ShouldNotBe(orders);
    }

    [Fact]
    public async Task Loss_All_NothingArrives()
    {
        Host.Webhooks.Behavior.Loss = 1;
        Sell();
        await Host.Webhooks.FlushAsync();

        receiver.Received.ShouldBeEmpty();
        Host.Webhooks.All().Single().State.ShouldBe(WebhookState.Lost);
    }

    [Fact]
    public async Task Mode_Test_IsWritten()
    {
        Host.Webhooks.Behavior.Mode = "test";
        Sell();
        await Host.Webhooks.FlushAsync();

        JsonDocument.Parse(receiver.Received[0].Body).RootElement.GetProperty("mode").GetString().ShouldBe("test");
    }

    [Fact]
    public async Task UnknownCauses_Always_AccompanyTheEvent()
    {
        Host.Webhooks.Behavior.UnknownCauses = 1;
        Sell();
        await Host.Webhooks.FlushAsync();

        Causes().ShouldBe(["order.archived", "order.create"]);
    }

    [Theory]
    [InlineData(OrderDetail.WithoutItems, -1)]
    [InlineData(OrderDetail.WithoutProductIds, 1)]
    [InlineData(OrderDetail.WithoutLastItem, 0)]
    public async Task Detail_LeftOut_IsToldByTheOrderItself(OrderDetail detail, int items)
    {
        Host.Webhooks.Behavior.Detail = detail;
        var order = Sell();
        await Host.Webhooks.FlushAsync();

        (Data(0).TryGetProperty("order_items", out var told) ? told.GetArrayLength() : -1).ShouldBe(items);
        if (items > 0)
        {
            told[0].GetProperty("product_id").ValueKind.ShouldBe(JsonValueKind.Null);
        }

        Data(0).GetProperty("size").GetInt32().ShouldBe(1);
        (await GetAsync($"orders/{order.Id}")).Json.GetProperty("order_items")[0].GetProperty("product_id").GetInt64()
            .ShouldBe(order.Items[0].Product.Id);
    }

    [Fact]
    public async Task SetState_UnknownState_IsAnnouncedAndMovesNoStock()
    {
        var order = Sell();
        var stock = Demo.GetStock();
        Host.Orders.SetState(order, "on_a_quest");
        await Host.Webhooks.FlushAsync();

        Data(1).GetProperty("state").GetString().ShouldBe("on_a_quest");
        Demo.GetStock().ShouldBe(stock);
    }

    [Fact]
    public async Task PlaceAsBuyer_Order_ArrivesAtTheSameAddress()
    {
        Host.Orders.PlaceAsBuyer(Demo, Demo.FindProduct(Demo.GetStock()[0].ProductId)!, 1);
        await Host.Webhooks.FlushAsync();

        Data(0).GetProperty("order_as").GetString().ShouldBe("buyer");
    }

    [Fact]
    public async Task Refused_WithAttempts_IsTriedAgainLater()
    {
        Host.Webhooks.Behavior.Attempts = 2;
        receiver.Answer = HttpStatusCode.ServiceUnavailable;
        Sell();
        await Host.Webhooks.FlushAsync();
        Host.Webhooks.All().Single().State.ShouldBe(WebhookState.Queued);

        receiver.Answer = HttpStatusCode.OK;
        time.Advance(TimeSpan.FromSeconds(11));
        await Host.Webhooks.FlushAsync();

        Host.Webhooks.All().Single().ShouldSatisfyAllConditions(
            delivery => delivery.State.ShouldBe(WebhookState.Delivered),
            delivery => delivery.Attempts.ShouldBe(2));
    }

    [Fact]
    public async Task Seller_WithoutAddress_GetsNothing()
    {
        var other = Host.Seller("other");
        Host.Orders.Place(other, other.GetStock()[0].ProductId, 1);
        await Host.Webhooks.FlushAsync();

        receiver.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task PatchApp_Address_IsUsedAndShownAndCleared()
    {
        (await SendAsync(HttpMethod.Patch, "app", new { webhook_url = "http://shop.example/new" })).Json
            .GetProperty("webhook_url").GetString().ShouldBe("http://shop.example/new");
        Sell();
        await Host.Webhooks.FlushAsync();
        receiver.Received.Single().Url.AbsolutePath.ShouldBe("/new");

        await SendAsync(HttpMethod.Patch, "app", new { webhook_url = "" });
        (await GetAsync("info")).Json.TryGetProperty("webhook_url", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Skew_ClockOfTheMarketplace_ShowsInHeadersTimesAndWebhooks()
    {
        Host.Clock.Skew = TimeSpan.FromMinutes(7);
        var order = Sell();
        await Host.Webhooks.FlushAsync();

        (await GetAsync("info")).Date.ShouldBe(time.GetUtcNow() + TimeSpan.FromMinutes(7));
        order.CreatedAt.ShouldBe(time.GetUtcNow() + TimeSpan.FromMinutes(7));
        JsonDocument.Parse(receiver.Received[0].Body).RootElement.GetProperty("time").GetInt64()
            .ShouldBe((time.GetUtcNow() + TimeSpan.FromMinutes(7)).ToUnixTimeSeconds());
    }

    private SimulatedOrder Sell() => Host.Orders.Place(Demo, Demo.GetStock().First(level => level.Quantity > 8).ProductId, 1)!;

    private JsonElement Data(int index) => JsonDocument.Parse(receiver.Received[index].Body).RootElement.GetProperty("data");

    private List<string> Causes() =>
        [.. receiver.Received.Select(sent => JsonDocument.Parse(sent.Body).RootElement.GetProperty("cause").GetString()!)];
}
