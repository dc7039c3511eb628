using BrxSync.Client;
using BrxSync.Client.Errors;
using BrxSync.Client.Orders;
using BrxSync.Contract.Tests.WireMock;

namespace BrxSync.Contract.Tests.Orders;

public sealed class OrdersContractTests(WireMockFixture server) : ContractTest(server)
{
    private const string Explanation = "The card was damaged when it was put into its sleeve.";

    private static readonly OrderId Order = new(980000048);

    [Fact]
    [Contract("GET /orders", "Orders/list")]
    public async Task ListAsync_EveryFilter_IsSent()
    {
        var filter = new OrderFilter
        {
            From = new DateOnly(2026, 10, 1), To = new DateOnly(2026, 11, 2), AfterId = new OrderId(980000000),
            ToId = new OrderId(980000999),
            State = OrderState.HubPending, Sort = OrderSort.IdDescending, PageSize = 20,
        };

        var orders = await CallAsync(account => account.Orders.ListAsync(filter, page: 2));

        orders.Select(order => order.Id.Value).ShouldBe([980000049, 980000048]);
        orders[0].ViaCardTraderZero.ShouldBe(true);
        orders[0].Items!.Single().SellerPrice.ShouldBe(new Money(35, "EUR"));
    }

    [Fact]
    [Contract("GET /orders", "Orders/list-as-buyer")]
    public async Task ListAsync_PageTooLarge_IsLoweredTo100()
    {
        var orders = await CallAsync(account => account.Orders.ListAsync(new OrderFilter { Role = OrderRole.Buyer, PageSize = 500 }));

        orders.Single().Role.ShouldBe(OrderRole.Buyer);
    }

    [Fact]
    [Contract("GET /orders", "Orders/walk-by-id")]
    public async Task StreamAsync_ById_GoesFromIdToIdUntilAShortPage()
    {
        var filter = new OrderFilter { Sort = OrderSort.IdAscending, AfterId = new OrderId(980000010), PageSize = 2 };

        var orders = await CallAsync(account => account.Orders.StreamAsync(filter).ToListAsync().AsTask());

        orders.Select(order => order.Id.Value).ShouldBe([980000011, 980000012, 980000013, 980000014]);
    }

    [Fact]
    [Contract("GET /orders", "Orders/walk-by-page")]
    public async Task StreamAsync_NewestFirst_LeavesOutWhatShiftedPagesRepeat()
    {
        var orders = await CallAsync(account => account.Orders.StreamAsync(new OrderFilter { PageSize = 2 }).ToListAsync().AsTask());

        orders.Select(order => order.Id.Value).ShouldBe([980000014, 980000013, 980000012, 980000011]);
    }

    [Fact]
    [Contract("GET /orders", "Orders/walk-new")]
    public async Task StreamNewAsync_Always_AsksAboveTheLastId() =>
        (await CallAsync(account => account.Orders.StreamNewAsync(new OrderId(980000010)).ToListAsync().AsTask())).Count.ShouldBe(1);

    [Fact]
    [Contract("GET /orders", "Orders/walk-since")]
    public async Task StreamSinceAsync_Always_AsksFromTheDayBefore() =>
        (await CallAsync(account => account.Orders.StreamSinceAsync(new DateOnly(2026, 11, 1)).ToListAsync().AsTask())).Count.ShouldBe(1);

    [Fact]
    [Contract("GET /orders/{id}", "Orders/get")]
    public async Task GetAsync_Cancelled_IsReadInOneSpelling() =>
        (await CallAsync(account => account.Orders.GetAsync(Order))).State.ShouldBe(OrderState.Canceled);

    [Fact]
    [Contract("GET /orders/{id}", "Orders/get-unknown")]
    public async Task FindAsync_Unknown_IsNull() => (await CallAsync(account => account.Orders.FindAsync(Order))).ShouldBeNull();

    [Fact]
    [Contract("PUT /orders/{id}/tracking_code", "Orders/tracking-code")]
    public async Task SetTrackingCodeAsync_AnswerIsAnAddress_ReadsTheOrder() =>
        (await CallAsync(account => account.Orders.SetTrackingCodeAsync(Order, "RR123456785IT"))).ShippingMethod!.TrackingCode.ShouldBe(
            "RR123456785IT");

    [Fact]
    [Contract("PUT /orders/{id}/ship", "Orders/ship")]
    public async Task ShipAsync_Paid_IsSent() =>
        (await CallAsync(account => account.Orders.ShipAsync(Order))).State.ShouldBe(OrderState.Sent);

    [Fact]
    [Contract("PUT /orders/{id}/ship", "Orders/ship-forbidden")]
    public async Task ShipAsync_StateForbidsIt_SaysWhy()
    {
        var exception = await CallAsync(account => Should.ThrowAsync<CardTraderException>(() => account.Orders.ShipAsync(Order)));

        exception.ErrorCode.ShouldBe("validation_error");
        exception.Errors.Single().Text.ShouldBe("Order cannot be shipped");
        exception.IsTransient.ShouldBeFalse();
        exception.RequestId.ShouldBe("r-3");
    }

    [Fact]
    [Contract("PUT /orders/{id}/request-cancellation", "Orders/request-cancellation")]
    public async Task RequestCancellationAsync_LongEnough_IsSent()
    {
        var request = new CancellationRequest { Explanation = Explanation, RelistIfCancelled = false };

        (await CallAsync(account => account.Orders.RequestCancellationAsync(Order, request))).State.ShouldBe(OrderState.RequestForCancel);
    }

    [Fact]
    [Contract("PUT /orders/{id}/confirm-cancellation", "Orders/confirm-cancellation")]
    public async Task ConfirmCancellationAsync_Relisting_IsSent() =>
        (await CallAsync(account => account.Orders.ConfirmCancellationAsync(Order, relistIfCancelled: true))).State
            .ShouldBe(OrderState.Canceled);

    [Fact]
    [Contract("GET /ct0_box_items", "Orders/ct0-box-items")]
    public async Task ListCt0BoxItemsAsync_Always_ReadsThem()
    {
        var item = (await CallAsync(account => account.Orders.ListCt0BoxItemsAsync())).Single();

        (item.OkQuantity, item.PendingQuantity, item.MissingQuantity).ShouldBe((1, 2, 0));
        item.EstimatedArrivedAt.ShouldBe(new DateTimeOffset(2026, 11, 12, 0, 0, 0, TimeSpan.Zero));
        item.ReturnToSeller.ShouldBe(false);
        item.ExtensionData.ShouldBeNull();
    }

    [Fact]
    [Contract("GET /ct0_box_items/{id}", "Orders/ct0-box-item")]
    public async Task GetCt0BoxItemAsync_Always_ReadsIt() =>
        (await CallAsync(account => account.Orders.GetCt0BoxItemAsync(77))).Id.ShouldBe(77);

    [Fact]
    public async Task Calls_WrongRequests_ListEveryFaultAndSendNothing()
    {
        AnswerEverything();
        var filter = new OrderFilter
        {
            From = new DateOnly(2026, 11, 2), To = new DateOnly(2026, 11, 1), AfterId = new OrderId(5), ToId = new OrderId(5), PageSize = 0,
        };

        var list = await Should.ThrowAsync<CardTraderException>(() => Account.Orders.ListAsync(filter, page: 0));
        var cancel = await Should.ThrowAsync<CardTraderException>(
            () => Account.Orders.RequestCancellationAsync(Order, new CancellationRequest { Explanation = new string('x', 49) + "     " }));
        var track = await Should.ThrowAsync<CardTraderException>(() => Account.Orders.SetTrackingCodeAsync(Order, " "));
        var get = await Should.ThrowAsync<CardTraderException>(() => Account.Orders.GetAsync(default));

        list.Errors.Select(fault => fault.Path).ShouldBe(["page", "limit", "from", "from_id"]);
        cancel.Errors.Single().Text.ShouldBe("It has 49 characters; CardTrader wants at least 50.");
        track.Errors.Single().Path.ShouldBe("tracking_code");
        get.Errors.Single().Path.ShouldBe("id");
        Received.ShouldBeEmpty();
    }
}
