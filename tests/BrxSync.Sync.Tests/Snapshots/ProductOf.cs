using System.Text;
using BrxSync.Client;
using BrxSync.Client.Inventory;

namespace BrxSync.Sync.Tests.Snapshots;

/// <summary>Products with nothing about them but what a test names.</summary>
internal static class ProductOf
{
    public static Product Id(long id, long blueprint = 7, int quantity = 1) => new()
    {
        Id = new ProductId(id),
        BlueprintId = new BlueprintId(blueprint),
        Quantity = quantity,
        Price = new Money(100, "EUR"),
    };

    public static Product Properties(string json) =>
        Id(1) with { Properties = ProductProperties.FromUtf8Json(Encoding.UTF8.GetBytes(json)) };
}
