using System.Collections.Immutable;

namespace BrxSync.Sync.Stock.Orders;

/// <summary>
/// Rule R1: how many copies of a sale count, as a function of what is known now and never of the way it became known. Whatever order
/// the reports arrived in, and however often, the answer is the same.
/// </summary>
internal static class SaleCount
{
    /// <summary>Tells which copies of a sale count, earliest first.</summary>
    /// <param name="sale">The sale.</param>
    /// <param name="source">The order in which the goods were sold first; null when it was never seen nor asked for.</param>
    /// <param name="others">Other orders that list goods of that source; those without this sale are ignored.</param>
    /// <param name="booksStart">When our books for the account begin; null before that.</param>
    public static ImmutableArray<SalePart> Counted(
        SaleKey sale, OrderRecord? source, IEnumerable<OrderRecord> others, DateTimeOffset? booksStart)
    {
        // Seen only through a later order, a sale may be older than anything we know of, or counted elsewhere: its source is fetched
        // first. If the marketplace does not know the source, nothing is guessed; the products are read again.
        if (source is null || source.IsEmpty)
        {
            return [];
        }

        // Goods of a pre-sale move twice: of the order between, which is closed, it is still known what was taken out of it.
        var carriers = others.Where(order => CarriesOn(order, sale)).ToArray();
        var weekly = Latest(carriers.Where(order => order.State != OrderState.Closed)) ?? Latest(carriers);
        var parts = weekly is null
            ? Standing(sale, source)
            : source.State.Ends() && IsLater(source, weekly) || weekly.State.Ends() ? [] : Carried(sale, source, weekly);

        // A sale first seen in a later state counts only if it is newer than the books: older ones are in every read we have.
        return Sum(source.SawOpening ? parts : parts.Where(part => part.At.At >= booksStart));
    }

    private static bool CarriesOn(OrderRecord order, SaleKey sale) =>
        order.Id != sale.Source && order.State.Decides() && order.Lines.Any(line => line.Sale == sale);

    private static IEnumerable<SalePart> Standing(SaleKey sale, OrderRecord source)
    {
        var stands = source.ViaZero
            ? source.State is OrderState.HubPending or OrderState.Closed || (source.State.IsPaidOrLater() && source.SawOpening)
            : source.State.IsPaidOrLater();
        return stands ? Live(source, sale).Select(line => new SalePart(line.At, line.Quantity)) : [];
    }

    /// <summary>
    /// The weekly order says how many copies stand; the source order, which is closer to the sale, says when they were sold.
    /// </summary>
    private static IEnumerable<SalePart> Carried(SaleKey sale, OrderRecord source, OrderRecord weekly)
    {
        var copies = Live(weekly, sale).Sum(line => line.Quantity);
        foreach (var line in source.Lines.Where(line => line.Sale == sale).OrderBy(line => line.IsDeleted).ThenBy(line => line.At.At))
        {
            if (copies > 0)
            {
                yield return new SalePart(line.At, Math.Min(copies, line.Quantity));
                copies -= line.Quantity;
            }
        }

        if (copies > 0)
        {
            yield return new SalePart(new SaleTime(Live(weekly, sale).Max(line => line.At.At), false), copies);
        }
    }

    private static IEnumerable<OrderLine> Live(OrderRecord order, SaleKey sale) =>
        order.Lines.Where(line => line.Sale == sale && !line.IsDeleted);

    private static OrderRecord? Latest(IEnumerable<OrderRecord> orders) =>
        orders.Aggregate((OrderRecord?)null, (latest, order) => latest is null || IsLater(order, latest) ? order : latest);

    private static bool IsLater(OrderRecord order, OrderRecord other)
    {
        if (order.Moment.IsBefore(other.Moment) || other.Moment.IsBefore(order.Moment))
        {
            return other.Moment.IsBefore(order.Moment);
        }

        return order.State != other.State ? order.State > other.State : order.Id.Value > other.Id.Value;
    }

    private static ImmutableArray<SalePart> Sum(IEnumerable<SalePart> parts) =>
    [
        .. parts.GroupBy(part => part.At)
            .Select(group => new SalePart(group.Key, group.Sum(part => part.Quantity)))
            .OrderBy(part => part.At.At).ThenByDescending(part => part.At.IsExact),
    ];
}
