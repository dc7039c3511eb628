namespace BrxSync.Properties.Tests.Stock.Simulation;

/// <summary>An item of an order as the marketplace has it.</summary>
internal sealed class MarketItem(long id, long source, long product, int quantity, long createdAt)
{
    public long Id => id;

    public long Source => source;

    public long Product => product;

    public int Quantity => quantity;

    public long CreatedAt => createdAt;

    public bool IsDeleted { get; set; }
}
