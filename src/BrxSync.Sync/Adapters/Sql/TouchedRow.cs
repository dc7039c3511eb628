using System.Globalization;
using BrxSync.Client;

namespace BrxSync.Sync.Adapters.Sql;

/// <summary>A product that something happened to since a snapshot began.</summary>
internal sealed class TouchedRow
{
    public string Product { get; init; } = string.Empty;

    public int? Quantity { get; init; }

    public static IReadOnlyDictionary<ProductId, int?> Read(IEnumerable<TouchedRow> rows) => rows.ToDictionary(
        row => new ProductId(long.Parse(row.Product, CultureInfo.InvariantCulture)), row => row.Quantity);
}
