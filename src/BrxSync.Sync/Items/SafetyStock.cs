namespace BrxSync.Sync;

/// <summary>
/// How many copies of an item are kept off CardTrader, for the seller's own shop and against overselling: a number of copies or a share of
/// the stock, whichever is more, and never more than there are.
/// </summary>
public sealed record SafetyStock
{
    /// <summary>The most copies that can be asked for.</summary>
    public const int MostCopies = 1_000_000;

    /// <summary>Gets that all copies are listed.</summary>
    public static SafetyStock None { get; } = new();

    /// <summary>Gets how many copies are kept back: 0 to 1,000,000.</summary>
    /// <value>Default: 0.</value>
    public int Copies { get; init; }

    /// <summary>Gets the share of an item's copies that is kept back, in percent and rounded up to whole copies: 0 to 100.</summary>
    /// <value>Default: 0.</value>
    public int Percent { get; init; }

    internal const string Ranges = "A safety stock has 0 to 1,000,000 copies and 0 to 100 percent.";

    /// <summary>Gets whether both numbers are in their ranges.</summary>
    internal bool IsValid => Copies is >= 0 and <= MostCopies && Percent is >= 0 and <= 100;

    /// <summary>Gives how many of an item's copies are to be kept back.</summary>
    /// <param name="quantity">How many copies there are, listed or not.</param>
    /// <returns>0 to <paramref name="quantity"/>.</returns>
    public int Of(int quantity) =>
        Math.Min(Math.Max(quantity, 0), Math.Max(Copies, (int)((((long)Math.Max(quantity, 0) * Percent) + 99) / 100)));
}
