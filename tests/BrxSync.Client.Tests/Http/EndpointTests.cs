using System.Reflection;
using System.Text.RegularExpressions;
using BrxSync.Client.Http;
using BrxSync.Client.Serialization;
using BrxSync.Testing;
using Refit;

namespace BrxSync.Client.Tests.Http;

/// <summary>Every endpoint is declared once, with how its calls are repeated and limited, and nowhere else.</summary>
public sealed partial class EndpointTests
{
    private static readonly MethodInfo[] Endpoints =
    [
        .. typeof(IEndpoints).Assembly.GetTypes()
            .Where(type => type.IsInterface && type != typeof(IEndpoints) && typeof(IEndpoints).IsAssignableFrom(type))
            .SelectMany(type => type.GetMethods()),
    ];

    [Fact]
    public void Endpoints_All_AreRepeatedAndLimitedAsListed() =>
        string.Join('\n', Endpoints.Select(CallOf).Select(Describe).Order(StringComparer.Ordinal)).ShouldBe(
            """
            DELETE /products/{id}/upload_image: Write, General
            DELETE /products/{id}: Write, General
            DELETE /wishlists/{id}: Write, General
            GET /blueprints/export: Read, General, streamed
            GET /blueprints: Read, General
            GET /cart: Read, General
            GET /categories: Read, General
            GET /ct0_box_items/{id}: Read, General
            GET /ct0_box_items: Read, General
            GET /expansions/export: Read, General
            GET /expansions: Read, General
            GET /games: Read, General
            GET /info: Read, General
            GET /jobs/{uuid}: JobPoll, Jobs
            GET /marketplace/products: Read, Marketplace
            GET /orders/{id}: Read, General
            GET /orders: Read, General
            GET /product_imports/{id}/skipped: Read, General, streamed
            GET /product_imports/{id}: Read, General
            GET /products/export: Export, General, streamed
            GET /products/{id}: Read, General
            GET /shipping_methods: Read, General
            GET /wishlists/{id}: Read, General
            GET /wishlists: Read, General
            PATCH /app: Write, General
            POST /cart/add: NonRepeatableWrite, General
            POST /cart/purchase: NonRepeatableWrite, General
            POST /cart/remove: NonRepeatableWrite, General
            POST /product_imports: NonRepeatableWrite, General
            POST /products/bulk_create: NonRepeatableWrite, General
            POST /products/bulk_destroy: Write, General
            POST /products/bulk_update: Write, General
            POST /products/{id}/increment: NonRepeatableWrite, General
            POST /products/{id}/upload_image: Write, General
            POST /products: NonRepeatableWrite, General
            POST /wishlists: NonRepeatableWrite, General
            PUT /orders/{id}/confirm-cancellation: NonRepeatableWrite, General
            PUT /orders/{id}/request-cancellation: NonRepeatableWrite, General
            PUT /orders/{id}/ship: NonRepeatableWrite, General
            PUT /orders/{id}/tracking_code: Write, General
            PUT /products/{id}: Write, General
            """);

    [Fact]
    public void Endpoints_Streamed_AreThoseThatGiveTheMessage() => Endpoints.ShouldAllBe(endpoint =>
        CallOf(endpoint).IsStreamed == (endpoint.ReturnType == typeof(Task<HttpResponseMessage>)));

    [Fact]
    public void Endpoints_All_TakeAndGiveWhatTheSerializerKnows()
    {
        foreach (var endpoint in Endpoints)
        {
            var body = endpoint.GetParameters().SingleOrDefault(parameter => parameter.IsDefined(typeof(BodyAttribute)))?.ParameterType;
            (body is null || typeof(IRequestBody).IsAssignableFrom(body) || body == typeof(MultipartFormDataContent))
                .ShouldBeTrue(endpoint.Name);
            endpoint.GetParameters()[^1].ParameterType.ShouldBe(typeof(CancellationToken), endpoint.Name);
            if (endpoint.ReturnType.GenericTypeArguments is [var answer] && answer != typeof(HttpResponseMessage))
            {
                CanRead(answer).ShouldBeTrue($"{endpoint.Name} gives {answer}");
            }
        }
    }

    [Fact]
    public void Sources_OutsideOfTheInterfaces_NameNoRoute()
    {
        var first = Endpoints.Select(endpoint => CallOf(endpoint).Route.Split('/')[1]).Distinct(StringComparer.Ordinal);
        var names = string.Join('|', first);
        var route = new Regex($"\"/?({names})[/?{{]|\"/({names})\"", RegexOptions.None, TimeSpan.FromSeconds(5));
        var sources = Directory.EnumerateFiles(RepositoryPaths.At("src", "BrxSync.Client"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !IsOfEndpoints().IsMatch(Path.GetFileName(file)))
            .ToList();

        sources.Count.ShouldBeGreaterThan(150);
        sources.SelectMany(File.ReadLines)
            .Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && route.IsMatch(line))
            .ShouldBeEmpty();
    }

    private static ApiCall CallOf(MethodInfo endpoint)
    {
        var declared = endpoint.GetCustomAttribute<HttpMethodAttribute>()!;
        var kind = endpoint.GetParameters().SingleOrDefault(parameter => parameter.ParameterType == typeof(CallKind));
        if (kind is not null)
        {
            kind.Name.ShouldBe(ApiCall.KindKey.Key);
            kind.IsDefined(typeof(PropertyAttribute)).ShouldBeTrue();
            kind.HasDefaultValue.ShouldBeTrue();
        }

        return new ApiCall(declared.Method, declared.Path, (CallKind)(kind?.DefaultValue ?? CallKind.ByMethod));
    }

    private static string Describe(ApiCall call) =>
        $"{call.Name}: {call.Class}, {call.Bucket}{(call.IsStreamed ? ", streamed" : string.Empty)}";

    // Given nothing to read, only a missing reader says that it is missing.
    private static bool CanRead(Type answer)
    {
        var read = typeof(AnswerReaders).GetMethod(nameof(AnswerReaders.Read))!.MakeGenericMethod(answer);
        return Should.Throw<TargetInvocationException>(() => read.Invoke(null, [null])).InnerException is not KeyNotFoundException;
    }

    [GeneratedRegex("^I[A-Za-z]+Endpoints\\.cs$")]
    private static partial Regex IsOfEndpoints();
}
