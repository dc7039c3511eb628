using System.Text.Json;
using BrxSync.Client;
using BrxSync.Sync.Stock;
using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Guard;
using BrxSync.Sync.Stock.Orders;
using BrxSync.Testing;

namespace BrxSync.Properties.Tests.Stock.Orders;

/// <summary>The 30 orders and 27 webhooks of the sample data, against the effects written beside them.</summary>
public sealed class SampleOrdersTests
{
    private static readonly DateTimeOffset BooksStart = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Later = new(2026, 11, 20, 0, 0, 0, TimeSpan.Zero);
    private static readonly SnapshotVerdict Clean = SnapshotGuard.Judge(new SnapshotFacts { Fall = default });

    [SampleDataFact]
    public void Apply_AllOrdersInTheirOrder_HaveTheExpectedEffects()
    {
        var books = Stocked();
        var late = new List<string>();
        foreach (var expected in Expected("orders"))
        {
            var file = expected.GetProperty("file").GetString()!;
            var report = Order(file, detail: true, Second(file));
            var before = books;
            books = books.Apply(report, Later);

            // Two later states of cancelled and merged sales are listed after them in the folder; each file is judged on its own there.
            var effect = expected.GetProperty("effect").GetString();
            var taken = before.Items.Values
                .Where(item => books.Items[item.Product].Quantity != item.Quantity)
                .ToDictionary(item => item.Product.Value, item => item.Quantity - books.Items[item.Product].Quantity);
            var wanted = effect == "decrement"
                ? expected
                    .GetProperty("quantity_by_product")
                    .EnumerateObject()
                    .ToDictionary(pair => long.Parse(pair.Name, null), pair => pair.Value.GetInt32())
                : [];
            if (!taken.OrderBy(pair => pair.Key).SequenceEqual(wanted.OrderBy(pair => pair.Key)))
            {
                late.Add($"{file}: {effect} took [{string.Join(", ", taken)}] instead of [{string.Join(", ", wanted)}]");
            }

            if (effect == "review" && expected.GetProperty("items").EnumerateArray().Any())
            {
                foreach (var pair in expected.GetProperty("quantity_by_product").EnumerateObject())
                {
                    books.Rereads.ShouldContainKey(new ProductId(long.Parse(pair.Name, null)), file);
                }
            }

            if (effect == "unknown")
            {
                books.Notices.ShouldContain(notice => notice.Order == report.Id, file);
            }
        }

        late.ShouldBeEmpty();
    }

    [SampleDataFact]
    public void Apply_SellingOrdersInAnyOrderWithDuplicates_TakesEachSaleOnce()
    {
        var files = Expected("orders").Where(expected => expected.GetProperty("effect").GetString() is "decrement" or "none")
            .Select(expected => expected.GetProperty("file").GetString()!).ToArray();
        var reports = files.Select(file => Order(file, detail: true, Second(file))).ToArray();
        var stock = Array("orders", "EXPECTED.stock.json").ToDictionary(row => row.GetProperty("product_id").GetInt64());
        var initial = Stocked();
        for (var seed = 1; seed <= 100; seed++)
        {
            var random = new Random(seed);
            var shuffled = reports.SelectMany(report => Enumerable.Repeat(report, random.Next(1, 11))).ToArray();
            random.Shuffle(shuffled);
            var books = shuffled.Aggregate(initial, (known, report) => known.Apply(report, Later));

            foreach (var (product, item) in books.Items)
            {
                var expected = stock.TryGetValue(product.Value, out var row)
                    ? row.GetProperty("after").GetInt32()
                    : initial.Items[product].Quantity;
                item.Quantity.ShouldBe(expected, $"product {product} with seed {seed}");
            }
        }
    }

    [SampleDataFact]
    public void Apply_AllOrdersShuffledWithDuplicates_EndsInTheSameLedger()
    {
        var reports = Expected("orders").Select(expected => expected.GetProperty("file").GetString()!)
            .Select(file => Order(file, detail: true, Second(file))).ToArray();
        var initial = Stocked();
        var inOrder = reports.Aggregate(initial, (known, report) => known.Apply(report, Later)).Orders.Ledger;
        for (var seed = 1; seed <= 100; seed++)
        {
            var random = new Random(seed);
            var shuffled = reports.SelectMany(report => Enumerable.Repeat(report, random.Next(1, 11))).ToArray();
            random.Shuffle(shuffled);
            var ledger = shuffled.Aggregate(initial, (known, report) => known.Apply(report, Later)).Orders.Ledger;

            ledger.Keys.OrderBy(key => key.ToString(), StringComparer.Ordinal)
                .ShouldBe(inOrder.Keys.OrderBy(key => key.ToString(), StringComparer.Ordinal));
            ledger.ShouldAllBe(row => row.Value.SequenceEqual(inOrder[row.Key]));
        }
    }

    [SampleDataFact]
    public void Apply_WebhooksInSequence_HaveTheExpectedActions()
    {
        var books = Stocked();
        var wrong = new List<string>();
        foreach (var expected in Expected("webhooks"))
        {
            var file = expected.GetProperty("file").GetString()!;
            var before = books;
            books = Deliver(books, File.ReadAllBytes(RepositoryPaths.SampleDataAt("derived", "webhooks", file)));

            var action = before.Items.Values.Any(item => books.Items[item.Product].Quantity < item.Quantity) ? "decrement"
                : books.Rereads.Count > before.Rereads.Count ? "review"
                : "none";
            if (action != expected.GetProperty("action").GetString())
            {
                wrong.Add($"{file}: {action} instead of {expected.GetProperty("action").GetString()}");
            }
        }

        wrong.ShouldBeEmpty();
    }

    private static AccountBooks Deliver(AccountBooks books, byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var envelope = json.RootElement;
            var (cause, moment) = (OrderJson.Text(envelope, "cause"), OrderJson.Moment(envelope));
            var hasOrder = envelope.TryGetProperty("data", out var data)
                && data.ValueKind == JsonValueKind.Object
                && data.TryGetProperty("order_items", out _);
            var report = cause == DeliveryRule.Destroy
                ? OrderReport.Destroyed(new OrderId(OrderJson.Number(envelope, "object_id")!.Value), moment)
                : hasOrder ? OrderJson.Report(data, moment, false)
                : null;
            return DeliveryRule.Judge(cause, OrderJson.Text(envelope, "mode"), report) == DeliveryVerdict.Apply
                ? books.Apply(report!, Later)
                : books;
        }
        catch (JsonException)
        {
            return books;
        }
    }

    private static AccountBooks Stocked()
    {
        using var export = JsonDocument.Parse(
            File.ReadAllBytes(RepositoryPaths.SampleDataAt("derived", "products_export.seller-small.json")));
        var rows = export.RootElement.EnumerateArray().ToDictionary(
            row => new ProductId(row.GetProperty("id").GetInt64()), row => row.GetProperty("quantity").GetInt32());
        return AccountBooks.Empty.ApplySnapshot(
            SnapshotWindow.Around(BooksStart, BooksStart.AddSeconds(5)),
            rows,
            Clean,
            new Dictionary<ProductId, DateTimeOffset>(),
            BooksStart.AddSeconds(6));
    }

    private static List<JsonElement> Expected(string folder) => Array(folder, "EXPECTED.json");

    private static List<JsonElement> Array(string folder, string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(RepositoryPaths.SampleDataAt("derived", folder, file)));
        return [.. json.RootElement.EnumerateArray().Select(element => element.Clone())];
    }

    private static OrderReport Order(string file, bool detail, DateTimeOffset second)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(RepositoryPaths.SampleDataAt("derived", "orders", file)));
        return OrderJson.Report(json.RootElement, OrderMoment.OfWebhook(second), detail);
    }

    /// <summary>The files are numbered in the order in which things happened to an order.</summary>
    private static DateTimeOffset Second(string file) => BooksStart.AddDays(9).AddMinutes(int.Parse(file[..2], null));
}
