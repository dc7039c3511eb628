using System.Globalization;
using System.Text.Json;
using BrxSync.Client.Errors;
using BrxSync.Client.Inventory;

namespace BrxSync.Client.Jobs;

/// <summary>The elements of a bulk call of one kind: how many, how to check them, how to write them.</summary>
internal sealed record BulkItems(
    BulkKind Kind, int Count, Action<int, string, List<CardTraderFault>> Check, Action<Utf8JsonWriter, int> Write)
{
    /// <summary>Where they are handed in.</summary>
    public string Route => Kind switch
    {
        BulkKind.Create => IInventoryEndpoints.BulkCreateRoute,
        BulkKind.Update => IInventoryEndpoints.BulkUpdateRoute,
        _ => IInventoryEndpoints.BulkDeleteRoute,
    };

    public static BulkItems Of(IReadOnlyList<NewProduct> products)
    {
        ArgumentNullException.ThrowIfNull(products);
        return new BulkItems(
            BulkKind.Create,
            products.Count,
            (index, path, faults) => ProductRequest.Check(products[index], path, faults),
            (writer, index) => ProductRequest.Write(writer, products[index]));
    }

    public static BulkItems Of(IReadOnlyList<ProductChange> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var first = FirstPlaces(changes.Select(static change => change.Id));
        return new BulkItems(
            BulkKind.Update,
            changes.Count,
            (index, path, faults) =>
            {
                ProductRequest.Check(changes[index], path, faults);
                CheckRepetition(first, changes[index].Id, index, path, faults);
            },
            (writer, index) =>
            {
                writer.WriteNumber("id", changes[index].Id.Value);
                ProductRequest.Write(writer, changes[index]);
            });
    }

    public static BulkItems Of(IReadOnlyList<ProductId> products)
    {
        ArgumentNullException.ThrowIfNull(products);
        var first = FirstPlaces(products);
        return new BulkItems(
            BulkKind.Delete,
            products.Count,
            (index, path, faults) =>
            {
                ProductRequest.CheckId(products[index].Value, path + "id", faults);
                CheckRepetition(first, products[index], index, path, faults);
            },
            (writer, index) => writer.WriteNumber("id", products[index].Value));
    }

    public List<CardTraderFault> FindFaults()
    {
        var faults = new List<CardTraderFault>();
        for (var i = 0; i < Count; i++)
        {
            Check(i, string.Create(CultureInfo.InvariantCulture, $"products[{i}]."), faults);
        }

        return faults;
    }

    private static Dictionary<ProductId, int> FirstPlaces(IEnumerable<ProductId> products)
    {
        var first = new Dictionary<ProductId, int>();
        foreach (var (index, product) in products.Index())
        {
            first.TryAdd(product, index);
        }

        return first;
    }

    private static void CheckRepetition(
        Dictionary<ProductId, int> first, ProductId product, int index, string path, List<CardTraderFault> faults)
    {
        if (first[product] != index)
        {
            faults.Add(new CardTraderFault(
                path + "id", $"Product {product} is at {first[product]} already; put all its changes into one element."));
        }
    }
}
