using System.Text;
using BrxSync.Client.Orders;
using BrxSync.Client.Webhooks;
using BrxSync.Testing;

namespace BrxSync.Client.Tests.Webhooks;

public sealed class WebhookParserTests
{
    [Fact]
    public void TryParse_OrderUpdate_HoldsTheOrder()
    {
        var webhook = Order(
            File.ReadAllBytes(RepositoryPaths.At("tests", "BrxSync.Client.Tests", "Fixtures", "Webhooks", "order-update.json")));

        webhook.Id.ShouldBe("0a1b2c3d-0000-4000-8000-000000000001");
        webhook.Time.ShouldBe(DateTimeOffset.FromUnixTimeSeconds(1793610905));
        webhook.Kind.ShouldBe(OrderWebhookKind.Updated);
        webhook.OrderId.ShouldBe(new OrderId(980000901));
        webhook.IsLive.ShouldBeTrue();
        webhook.OrderFault.ShouldBeNull();
        webhook.Order!.State.ShouldBe(OrderState.HubPending);
        webhook.Order.Items!.Single().Name.ShouldBe("Früher Vogel ☕");
    }

    [Theory]
    [InlineData("""{"id":"a","time":1,"cause":"order.destroy","object_class":"Order","object_id":7,"mode":"live","data":{}}""")]
    [InlineData("""{"id":"a","time":1,"cause":"order.destroy","object_class":"Order","object_id":7,"mode":"live","data":null}""")]
    [InlineData("""{"id":"a","time":1,"cause":"order.destroy","object_class":"Order","object_id":7,"mode":"live","data":""}""")]
    [InlineData("""{"id":"a","time":1,"cause":"order.destroy","object_class":"Order","object_id":7,"mode":"live"}""")]
    public void TryParse_DestroyWithAnyKindOfNoData_HasNoOrderAndNoFault(string body)
    {
        var webhook = Order(body);

        webhook.Kind.ShouldBe(OrderWebhookKind.Destroyed);
        webhook.OrderId.ShouldBe(new OrderId(7));
        webhook.Order.ShouldBeNull();
        webhook.OrderFault.ShouldBeNull();
    }

    [Fact]
    public void TryParse_NumbersAsTextAndIdAsNumber_AreRead()
    {
        var webhook = Order(
            """{"id":12,"time":"1793610999","cause":"order.create","object_class":"Order","object_id":"980000816","mode":"live","data":{"id":"980000816","state":"paid","order_items":[{"id":"970000148","product_id":"990002497","quantity":"1"}]}}""");

        webhook.Id.ShouldBe("12");
        webhook.Time.ToUnixTimeSeconds().ShouldBe(1793610999);
        webhook.OrderId.ShouldBe(new OrderId(980000816));
        webhook.Order!.Items!.Single().ProductId.ShouldBe(new ProductId(990002497));
    }

    [Theory]
    [InlineData("test", false)]
    [InlineData("live", true)]
    [InlineData("rehearsal", false)]
    public void TryParse_Mode_IsAValue(string mode, bool live)
    {
        var webhook = Order(
            $$$"""{"id":"a","time":1,"cause":"order.create","object_class":"Order","object_id":7,"mode":"{{{mode}}}","data":{"id":7,"state":"paid"}}""");

        webhook.Mode.ShouldBe(mode);
        webhook.IsLive.ShouldBe(live);
    }

    [Fact]
    public void TryParse_UnknownOrderCause_StillHoldsTheOrder()
    {
        var webhook = Order(
            """{"id":"a","time":1,"cause":"order.archived","object_class":"Order","object_id":7,"mode":"live","data":{"id":7,"state":"done"}}""");

        webhook.Kind.ShouldBe(OrderWebhookKind.Other);
        webhook.Cause.ShouldBe("order.archived");
        webhook.Order!.State.ShouldBe(OrderState.Done);
    }

    [Fact]
    public void TryParse_UnknownObjectClass_IsAValueWithItsData()
    {
        var webhook = Parse(
            """{"id":"a","time":1,"cause":"product.update","object_class":"Product","object_id":990000139,"mode":"live","data":{"quantity":1}}""")
            .ShouldBeOfType<UnknownWebhookEvent>();

        webhook.ObjectClass.ShouldBe("Product");
        webhook.ObjectId.ShouldBe(990000139);
        webhook.Data!.Value.GetProperty("quantity").GetInt32().ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"state":"paid"}""", "id is missing")]
    [InlineData("""{"id":7}""", "state is missing")]
    [InlineData("""[7]""", "an array")]
    [InlineData("""{"id":8,"state":"paid"}""", "about order 7 but holds order 8")]
    public void TryParse_DataIsNotTheOrder_NamesTheFaultAndKeepsTheEvent(string data, string fault)
    {
        var webhook = Order(
            $$"""{"id":"a","time":1,"cause":"order.create","object_class":"Order","object_id":7,"mode":"live","data":{{data}}}""");

        webhook.OrderId.ShouldBe(new OrderId(7));
        webhook.Order.ShouldBeNull();
        webhook.OrderFault!.ShouldContain(fault);
    }

    [Fact]
    public void TryParse_ObjectIdMissing_TakesItFromTheOrder() =>
        Order("""{"id":"a","time":1,"cause":"order.create","object_class":"Order","mode":"live","data":{"id":7,"state":"paid"}}""")
            .OrderId.ShouldBe(new OrderId(7));

    [Theory]
    [InlineData("", "empty")]
    [InlineData("""{"id":"not-json""", "")]
    [InlineData("null", "webhook as an object")]
    [InlineData("[]", "an array")]
    [InlineData("""{"time":1,"cause":"order.create"}""", "id is missing")]
    [InlineData("""{"id":"","time":1,"cause":"order.create"}""", "id is missing or empty")]
    [InlineData("""{"id":"a","cause":"order.create"}""", "time is missing")]
    [InlineData("""{"id":"a","time":"soon","cause":"order.create"}""", "time is \"soon\"")]
    [InlineData("""{"id":"a","time":99999999999999,"cause":"order.create"}""", "time is 99999999999999")]
    [InlineData("""{"id":"a","time":1}""", "cause is missing")]
    [InlineData("""{"id":"a","time":1,"cause":"order.create"} x""", "")]
    public void TryParse_NotADelivery_SaysWhy(string body, string fault)
    {
        WebhookParser.TryParse(Encoding.UTF8.GetBytes(body), out var webhook, out var actual).ShouldBeFalse();

        webhook.ShouldBeNull();
        actual!.ShouldContain(fault);
        actual.ShouldNotBeEmpty();
    }

    [Fact]
    public void TryParse_BrokenUtf8_IsAFaultOrAReadableEventButNeverAnException()
    {
        byte[] body = [.. """{"id":"a"""u8, 0xC3, 0x28, .. "\",\"time\":1,\"cause\":\"order.create\"}"u8];

        WebhookParser.TryParse(body, out _, out var fault).ShouldBeFalse();

        fault!.ShouldContain("id is not a text");
    }

    [Fact]
    public void TryParse_ByteOrderMark_IsAccepted()
    {
        byte[] body =
        [
            0xEF,
            0xBB,
            0xBF,
            .. """{"id":"a","time":1,"cause":"order.create","object_class":"Order","object_id":7,"mode":"live","data":{}}"""u8,
        ];

        WebhookParser.TryParse(body, out _, out _).ShouldBeTrue();
    }

    [Fact]
    public void ToString_OfAnEvent_HoldsNothingPersonal()
    {
        var webhook = Order(
            """{"id":"a","time":1,"cause":"order.create","object_class":"Order","object_id":7,"mode":"live","data":{"id":7,"state":"paid","buyer":{"id":1,"username":"somebody","email":"x@example.com"}}}""");

        webhook.ToString().ShouldBe("order.create of order 7 (delivery a)");
        webhook.Order!.ToString().ShouldBe("order 7 (paid)");
        webhook.Order.Buyer!.ToString().ShouldBe("user 1");
    }

    [SampleDataTheory]
    [MemberData(nameof(SampleBodies))]
    public void TryParse_SampleBody_IsAnEventUnlessBroken(string file)
    {
        var body = File.ReadAllBytes(RepositoryPaths.SampleDataAt("derived", "webhooks", file));

        var parsed = WebhookParser.TryParse(body, out var webhook, out var fault);

        parsed.ShouldBe(!file.EndsWith(".body", StringComparison.Ordinal), fault);
        if (webhook is OrderWebhookEvent order)
        {
            order.OrderFault.ShouldBeNull();
            if (order.Kind != OrderWebhookKind.Destroyed)
            {
                order.Order!.Items.ShouldNotBeNull();
                order.Order.ExtensionData.ShouldBeNull();
            }
        }
    }

    public static TheoryData<string> SampleBodies()
    {
        var files = new TheoryData<string>();
        if (RepositoryPaths.SampleData is not null)
        {
            foreach (var file in Directory.GetFiles(RepositoryPaths.SampleDataAt("derived", "webhooks"))
                .Select(path => Path.GetFileName(path)).Where(name => char.IsAsciiDigit(name[0])).Order(StringComparer.Ordinal))
            {
                files.Add(file);
            }
        }

        return files;
    }

    private static WebhookEvent Parse(string body)
    {
        WebhookParser.TryParse(Encoding.UTF8.GetBytes(body), out var webhook, out var fault).ShouldBeTrue(fault);
        return webhook!;
    }

    private static OrderWebhookEvent Order(string body) => Parse(body).ShouldBeOfType<OrderWebhookEvent>();

    private static OrderWebhookEvent Order(byte[] body) => Order(Encoding.UTF8.GetString(body));
}
