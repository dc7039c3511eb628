namespace BrxSync.Simulator.Orders;

/// <summary>How a buyer buys.</summary>
public enum OrderKind
{
    /// <summary>Directly from the seller.</summary>
    Direct,

    /// <summary>Over CardTrader Zero, to be shipped with the weekly order.</summary>
    Zero,

    /// <summary>Over CardTrader Zero before the release; joins the ordinary orders when the pre-sale ends.</summary>
    Presale,
}
