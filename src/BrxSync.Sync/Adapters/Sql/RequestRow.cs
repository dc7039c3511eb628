using System.Globalization;
using BrxSync.Client;
using BrxSync.Sync.Abstractions.Records;

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

    public RereadRequest ToRequest() => new(
        Product.Length == 0 ? null : new ProductId(long.Parse(Product, CultureInfo.InvariantCulture)),
        Blueprint == 0 ? null : new BlueprintId(Blueprint),
        StoredTime.FromMicroseconds(AskedAt));
}
