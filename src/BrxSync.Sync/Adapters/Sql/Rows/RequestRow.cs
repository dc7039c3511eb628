using System.Globalization;
using System.Text.Json;
using BrxSync.Client;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Adapters.Sql.Access;

namespace BrxSync.Sync.Adapters.Sql.Rows;

/// <summary>A request for a read as it is kept: a product without a blueprint, or a blueprint with an empty product.</summary>
internal static class RequestRow
{
    public static RereadRequest Read(RowReader row) => Of(row.Text("Product"), row.Number("Blueprint"), row.Time("AskedAt"));

    public static RereadRequest Of(string product, long blueprint, DateTimeOffset askedAt) => new(
        product.Length == 0 ? null : new ProductId(long.Parse(product, CultureInfo.InvariantCulture)),
        blueprint == 0 ? null : new BlueprintId(blueprint),
        askedAt);

    public static string ProductOf(RereadRequest request) => request.Product?.ToString() ?? string.Empty;

    public static long BlueprintOf(RereadRequest request) => request.Blueprint?.Value ?? 0;

    /// <summary>Gives requests as one parameter, which both dialects can read rows from.</summary>
    public static string ToJson(IEnumerable<RereadRequest> requests) => JsonSerializer.Serialize(
        [.. requests.Select(
            request => new RequestKey(ProductOf(request), BlueprintOf(request), StoredTime.ToMicroseconds(request.AskedAt)))],
        StoreJsonContext.Default.IReadOnlyListRequestKey);
}
