using System.Globalization;
using System.Text.Json;
using BrxSync.Client;
using BrxSync.Sync.Abstractions;

namespace BrxSync.Sync.Adapters.Sql;

/// <summary>A request for a read as it is kept: a product without a blueprint, or a blueprint with an empty product.</summary>
internal sealed class RequestRow
{
    public string Product { get; init; } = string.Empty;

    public long Blueprint { get; init; }

    public long AskedAt { get; init; }

    public static RequestRow Of(RereadRequest request) => new()
    {
        Product = request.Product?.ToString() ?? string.Empty,
        Blueprint = request.Blueprint?.Value ?? 0,
        AskedAt = StoredTime.ToMicroseconds(request.AskedAt),
    };

    /// <summary>Gives requests as one parameter, which both dialects can read rows from.</summary>
    public static string ToJson(IEnumerable<RereadRequest> requests) =>
        JsonSerializer.Serialize([.. requests.Select(Of)], StoreJsonContext.Default.IReadOnlyListRequestRow);

    public RereadRequest ToRequest() => new(
        Product.Length == 0 ? null : new ProductId(long.Parse(Product, CultureInfo.InvariantCulture)),
        Blueprint == 0 ? null : new BlueprintId(Blueprint),
        StoredTime.FromMicroseconds(AskedAt));
}
