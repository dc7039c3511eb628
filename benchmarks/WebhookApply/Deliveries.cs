using System.Diagnostics;
using System.Globalization;
using System.Text;
using BrxSync.Client.Webhooks;

namespace BrxSync.Benchmarks.WebhookApply;

/// <summary>Makes deliveries: each tells of a new order of one copy of one item.</summary>
internal sealed class Deliveries(DateTimeOffset soldAt)
{
    private const string Secret = "f3b0c44298fc1c149afbf4c8996fb924";
    private int _made;

    public OrderWebhookEvent Make(string product) => Parse(Body(product));

    /// <summary>Tells what one body costs before it reaches the intake, in microseconds: the signature, and the reading.</summary>
    public (double Verify, double Parse, int Bytes) MeasureReading(int count)
    {
        var bodies = Enumerable.Range(1, count).Select(i => Body(i.ToString(CultureInfo.InvariantCulture))).ToArray();
        var signatures = bodies.Select(body => WebhookSignature.Compute(body, Secret)).ToArray();
        var (verify, parse) = (0.0, 0.0);
        for (var round = 0; round < 2; round++)
        {
            // The first round warms up.
            var watch = Stopwatch.StartNew();
            for (var i = 0; i < count; i++)
            {
                if (WebhookSignature.Verify(bodies[i], signatures[i], Secret) != WebhookVerdict.Valid)
                {
                    throw new InvalidOperationException("A signature is wrong.");
                }
            }

            verify = watch.Elapsed.TotalMicroseconds / count;
            watch.Restart();
            foreach (var body in bodies)
            {
                Parse(body);
            }

            parse = watch.Elapsed.TotalMicroseconds / count;
        }

        return (verify, parse, bodies[0].Length);
    }

    private static OrderWebhookEvent Parse(byte[] body) =>
        WebhookParser.TryParse(body, out var parsed, out var fault) && parsed is OrderWebhookEvent { Order: not null } order
            ? order
            : throw new InvalidOperationException($"The body cannot be read: {fault}");

    private byte[] Body(string product)
    {
        var order = 500_000_000 + ++_made;
        var at = soldAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        return Encoding.UTF8.GetBytes($$"""
            {"id":"{{Guid.NewGuid()}}","time":{{soldAt.ToUnixTimeSeconds()}},"cause":"order.create","object_class":"Order","object_id":{{order}},"mode":"live",
            "data":{"id":{{order}},"via_cardtrader_zero":true,"order_as":"seller","seller":{"id":9000100,"username":"demo_seller"},
            "buyer":{"id":34089,"username":"hub","email":"hub@example.com","phone":"+390000000000"},"code":"2026{{order}}","transaction_code":"TX{{order}}",
            "state":"hub_pending","size":1,"paid_at":null,"sent_at":null,"cancelled_at":null,"packing_number":1,
            "order_shipping_address":{"id":9500001,"user_id":9600001,"name":"Invented Buyer","street":"Example Street 1","zip":"10001","city":"Sampletown",
            "state_or_province":"XX","country_code":"IT","note":null,"phone":"+390000000001","latitude":"0.0","longitude":"0.0"},
            "order_billing_address":{"name":"Invented Buyer","street":"Example Street 1","zip":"10001","city":"Sampletown","state_or_province":"XX","country_code":"IT"},
            "seller_total":{"cents":93,"currency":"EUR"},"seller_fee_amount":{"cents":8,"currency":"EUR"},"seller_subtotal":{"cents":93,"currency":"EUR"},
            "presale":null,"order_shipping_method":null,"cardtrader_zero_merged_order_ids":[],
            "order_items":[{"id":{{order}},"hub_pending_order_id":{{order}},"product_id":{{product}},"blueprint_id":58269,"category_id":1,"game_id":1,
            "name":"An item with a name","expansion":"An expansion","quantity":1,"description":"small whitening on one corner","graded":false,
            "properties":{"condition":"Near Mint","mtg_language":"en","mtg_foil":true,"signed":false,"altered":false},
            "seller_price":{"cents":93,"currency":"EUR"},"cancelled_price":[],"repurchase_price":[],"tag":"","user_data_field":null,
            "mkm_id":379290,"tcg_player_id":192823,"scryfall_id":null,"created_at":"{{at}}","deleted_at":null}] } }
            """);
    }
}
