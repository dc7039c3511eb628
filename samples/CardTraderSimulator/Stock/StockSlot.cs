namespace BrxSync.Simulator.Stock;

/// <summary>
/// A place in the order of a seller's products: a product, or a row of an export file that is no product and is only repeated.
/// </summary>
internal readonly record struct StockSlot(StockProduct? Product, ReadOnlyMemory<byte> Opaque)
{
    public static StockSlot Of(StockProduct product) => new(product, default);
}
