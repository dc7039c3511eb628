using System.Net;
using System.Reflection;
using BrxSync.Client.Errors;
using BrxSync.Client.Imports;
using BrxSync.Client.Inventory;
using BrxSync.Client.Jobs;
using BrxSync.Client.Marketplace;
using BrxSync.Client.Orders;
using BrxSync.Client.RateLimiting;
using BrxSync.Client.Tests.Resilience;
using BrxSync.Client.Wishlists;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Client.Tests.Http;

/// <summary>Makes every call of every area: one that is added later is made too, or this fails.</summary>
public sealed class AnswerObserverAreaTests
{
    private static readonly Dictionary<Type, object> Arguments = new()
    {
        [typeof(int)] = 1,
        [typeof(long)] = 1L,
        [typeof(string)] = "text",
        [typeof(Uri)] = new Uri("https://shop.example/hook"),
        [typeof(DateOnly)] = new DateOnly(2026, 1, 5),
        [typeof(ProductId)] = new ProductId(1),
        [typeof(ExpansionId)] = new ExpansionId(1),
        [typeof(OrderId)] = new OrderId(1),
        [typeof(WishlistId)] = new WishlistId(1),
        [typeof(ImportId)] = new ImportId(1),
        [typeof(JobId)] = new JobId("job"),
        [typeof(OrderFilter)] = new OrderFilter(),
        [typeof(MarketplaceQuery)] = new MarketplaceQuery { BlueprintId = new BlueprintId(1) },
        [typeof(CartAddition)] = new CartAddition { ProductId = new ProductId(1), Quantity = 1 },
        [typeof(NewWishlist)] = new NewWishlist { Name = "Cube", GameId = new GameId(1), TextDeck = "1 Mind Rot" },
        [typeof(CancellationRequest)] = new CancellationRequest { Explanation = new string('x', 60) },
        [typeof(ImageUpload)] = new ImageUpload("card.png", 1, () => new MemoryStream([1])),
        [typeof(NewProduct)] = NewProduct,
        [typeof(ProductChange)] = Change,
        [typeof(IReadOnlyList<NewProduct>)] = new[] { NewProduct },
        [typeof(IReadOnlyList<ProductChange>)] = new[] { Change },
        [typeof(IReadOnlyList<ProductId>)] = new[] { new ProductId(1) },
        [typeof(CsvImport)] = new CsvImport
        {
            GameId = new GameId(1),
            Mode = CsvImportMode.AddToStock,
            Columns = ["name", "expansion_code", "quantity", "price", "condition"],
            Open = () => new MemoryStream([1]),
        },
    };

    private static NewProduct NewProduct => new() { BlueprintId = new BlueprintId(1), PriceCents = 10, Quantity = 1 };

    private static ProductChange Change => new() { Id = new ProductId(1), Quantity = 1 };

    public static TheoryData<string> Areas =>
        [.. typeof(ICardTraderAccount).GetProperties().Select(property => property.Name)];

    [Theory]
    [MemberData(nameof(Areas))]
    public async Task WithAnswerObserver_EveryCallOfTheArea_TellsOfEachAnswer(string name)
    {
        // Not found is an answer that no call repeats, and that each takes for its own end.
        var transport = new StubTransport(HttpStatusCode.NotFound, """{"error_code":"not_found"}""");
        using var client = new TestClient(
            transport, options => options.AllowPurchases = true, services => services.AddSingleton<IRateLimiter>(new RecordingLimiter()));
        var told = 0;
        var area = typeof(ICardTraderAccount).GetProperty(name)!;
        var calls = area.GetValue(client.Account.WithAnswerObserver(_ => told++))!;

        foreach (var method in area.PropertyType.GetMethods())
        {
            transport.Sent.Clear();
            told = 0;

            await MakeAsync(calls, method);

            transport.Sent.Count.ShouldBeGreaterThan(0, method.ToString());
            told.ShouldBe(transport.Sent.Count, method.ToString());
        }
    }

    [Fact]
    public async Task WithAnswerObserver_BulkRun_TellsOfSubmittingAndPolling()
    {
        var transport = new StubTransport((_, attempt, _) => Task.FromResult(StubTransport.Answer(
            HttpStatusCode.OK,
            attempt == 1
                ? """{"job":"job-1"}"""
                : """{"uuid":"job-1","state":"completed","results":[{"result":"ok","job_index":0,"product_id":1}]}""")));
        using var client = new TestClient(transport, more: services => services.AddSingleton<IRateLimiter>(new RecordingLimiter()));
        var told = 0;

        var run = BulkRun.Create([NewProduct], new BulkOptions { PollInterval = TimeSpan.Zero });
        await client.Account.WithAnswerObserver(_ => told++).Jobs.RunAsync(run);

        run.IsSettled.ShouldBeTrue();
        told.ShouldBe(2);
    }

    private static async Task MakeAsync(object area, MethodInfo method)
    {
        object?[] arguments = [.. method.GetParameters().Select(parameter =>
            parameter.ParameterType == typeof(BulkRun) ? BulkRun.Delete([new ProductId(1)])
            : Arguments.GetValueOrDefault(parameter.ParameterType) ?? (parameter.HasDefaultValue
                ? parameter.DefaultValue
                : throw new InvalidOperationException($"No argument for {parameter} of {method}.")))];
        try
        {
            switch (method.Invoke(area, BindingFlags.DoNotWrapExceptions, null, arguments, null))
            {
                case Task call:
                    await call;
                    break;
                case IAsyncEnumerable<object> stream:
                    await stream.ToListAsync();
                    break;
                default:
                    throw new InvalidOperationException($"{method} is no call that this test knows.");
            }
        }
        catch (CardTraderException exception)
        {
            exception.StatusCode.ShouldBe(HttpStatusCode.NotFound, method.ToString());
        }
    }
}
