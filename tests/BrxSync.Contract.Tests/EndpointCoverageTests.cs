using System.Reflection;
using BrxSync.Contract.Tests.WireMock;
using BrxSync.Testing;

namespace BrxSync.Contract.Tests;

/// <summary>Every call of the API has a contract test.</summary>
public sealed class EndpointCoverageTests
{
    private static readonly string[] Documented =
    [
        "GET /info", "GET /games", "GET /categories", "GET /expansions", "GET /expansions/export", "GET /blueprints/export",
        "GET /marketplace/products", "GET /cart", "POST /cart/add", "POST /cart/remove", "POST /cart/purchase", "GET /shipping_methods",
        "GET /wishlists", "GET /wishlists/{id}", "POST /wishlists", "DELETE /wishlists/{id}",
        "GET /products/export", "POST /products", "PUT /products/{id}", "DELETE /products/{id}", "POST /products/{id}/increment",
        "POST /products/{id}/upload_image", "DELETE /products/{id}/upload_image",
        "POST /products/bulk_create", "POST /products/bulk_update", "POST /products/bulk_destroy", "GET /jobs/{uuid}",
        "POST /product_imports", "GET /product_imports/{id}", "GET /product_imports/{id}/skipped",
        "GET /orders", "GET /orders/{id}", "PUT /orders/{id}/tracking_code", "PUT /orders/{id}/ship",
        "PUT /orders/{id}/request-cancellation",
        "PUT /orders/{id}/confirm-cancellation", "GET /ct0_box_items", "GET /ct0_box_items/{id}",
    ];

    private static readonly string[] Undocumented = ["GET /products/{id}", "PATCH /app", "GET /blueprints"];

    public static TheoryData<string> Endpoints() => new(Documented.Concat(Undocumented));

    [Theory]
    [MemberData(nameof(Endpoints))]
    public void Endpoint_OfTheReference_IsCalledByAContractTest(string endpoint) =>
        Contracts().ShouldContain(contract => contract.Attribute.Endpoint == endpoint);

    [Fact]
    public void ContractTests_NameOnlyEndpointsOfTheReference() =>
        Contracts().Select(contract => contract.Attribute.Endpoint).Except(Documented).Except(Undocumented).ShouldBeEmpty();

    [Fact]
    public void Mappings_AreUsedByATestEach()
    {
        var folder = RepositoryPaths.At("tests", "BrxSync.Contract.Tests", "Mappings");
        var files = Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories)
            .Select(file => Path.ChangeExtension(Path.GetRelativePath(folder, file), null).Replace('\\', '/'));

        files.Where(file => !file.StartsWith("Transport/", StringComparison.Ordinal))
            .Except(Contracts().Select(contract => contract.Attribute.Mapping)).ShouldBeEmpty();
    }

    [Fact]
    public void Table_OfTheClient_ListsEveryEndpointAndWhichAreUndocumented()
    {
        CallKinds.Reference.Keys.ShouldBe(Documented.Concat(Undocumented), ignoreOrder: true);
        CallKinds.Reference.Where(row => row.Value.Notes.Contains("undocumented", StringComparison.Ordinal)).Select(row => row.Key)
            .ShouldBe(Undocumented, ignoreOrder: true);
    }

    [Fact]
    public void Table_InTheReference_NamesATestOfEveryEndpoint()
    {
        var table = File.ReadAllLines(RepositoryPaths.At("docs", "reference", "client-contract-tests.md"));

        foreach (var endpoint in Documented.Concat(Undocumented))
        {
            var row = table.SingleOrDefault(line => line.StartsWith($"| `{endpoint}` |", StringComparison.Ordinal));
            row.ShouldNotBeNull($"no row for {endpoint}");
            Contracts().Where(contract => contract.Attribute.Endpoint == endpoint)
                .ShouldContain(
                    contract => row.Contains($"`{contract.Method.DeclaringType!.Name}.{contract.Method.Name}`", StringComparison.Ordinal),
                    endpoint);
        }
    }

    private static IEnumerable<(MethodInfo Method, ContractAttribute Attribute)> Contracts() =>
        from type in typeof(EndpointCoverageTests).Assembly.GetTypes()
        from method in type.GetMethods()
        let attribute = method.GetCustomAttribute<ContractAttribute>()
        where attribute is not null
        select (method, attribute);
}
