using System.Globalization;
using BrxSync.Client;
using BrxSync.Sync.Adapters.Sql.Access;

namespace BrxSync.Sync.Adapters.Sql.Rows;

/// <summary>A product that something happened to since a snapshot began.</summary>
internal sealed record TouchedRow(string Product, int? Quantity)
{
    public static TouchedRow Read(RowReader row) => new(row.Text("Product"), row.IntegerOrNull("Quantity"));

    public static IReadOnlyDictionary<ProductId, int?> ToProducts(IEnumerable<TouchedRow> rows) => rows.ToDictionary(
        row => new ProductId(long.Parse(row.Product, CultureInfo.InvariantCulture)), row => row.Quantity);
}
