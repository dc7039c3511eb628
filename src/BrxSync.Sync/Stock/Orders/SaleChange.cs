using System.Collections.Immutable;

namespace BrxSync.Sync.Stock.Orders;

/// <summary>How a report changed what counts of one sale.</summary>
/// <param name="Sale">The sale.</param>
/// <param name="Before">What counted before, earliest first.</param>
/// <param name="After">What counts now, earliest first.</param>
internal sealed record SaleChange(SaleKey Sale, ImmutableArray<SalePart> Before, ImmutableArray<SalePart> After)
{
    /// <summary>True when copies stopped counting, or turned out to be sold at another time than was thought.</summary>
    public bool TakesBack => Less(Before, After).Length > 0;

    /// <summary>True when fewer copies count than before: those that no longer do were taken from the stock.</summary>
    public bool Shrinks => Total(After) < Total(Before);

    /// <summary>
    /// The copies that newly count. Where copies only moved in time, none do: they were taken from the stock already.
    /// </summary>
    public ImmutableArray<SalePart> NewlyCounted
    {
        get
        {
            var more = Total(After) - Total(Before);
            var newest = ImmutableArray.CreateBuilder<SalePart>();
            foreach (var part in Less(After, Before).Reverse())
            {
                if (more > 0)
                {
                    newest.Add(part with { Quantity = Math.Min(more, part.Quantity) });
                    more -= part.Quantity;
                }
            }

            return newest.ToImmutable();
        }
    }

    private static int Total(ImmutableArray<SalePart> parts) => parts.Sum(part => part.Quantity);

    private static ImmutableArray<SalePart> Less(ImmutableArray<SalePart> parts, ImmutableArray<SalePart> others)
    {
        var rest = others.GroupBy(part => part.At).ToDictionary(group => group.Key, group => group.Sum(part => part.Quantity));
        return
        [
            .. parts.GroupBy(part => part.At)
                .Select(group => new SalePart(group.Key, group.Sum(part => part.Quantity) - rest.GetValueOrDefault(group.Key)))
                .Where(part => part.Quantity > 0),
        ];
    }
}
