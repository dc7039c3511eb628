using System.Globalization;
using BrxSync.Simulator.Http;

namespace BrxSync.Simulator.Orders;

/// <summary>The filters of the list of orders; invalid values silently fall back to their defaults.</summary>
internal sealed class OrderQuery
{
    private const int DefaultLimit = 20;

    private readonly int page;
    private readonly int limit;
    private readonly DateTimeOffset from;
    private readonly DateTimeOffset before;
    private readonly long above;
    private readonly long upTo;
    private readonly string? state;
    private readonly bool asBuyer;
    private readonly bool byId;
    private readonly bool ascending;

    public OrderQuery(ApiCall call)
    {
        page = (int)Math.Clamp(Number(call, "page") ?? 1, 1, 1_000_000);
        // Above 100 the real service silently takes its default.
        limit = Number(call, "limit") is >= 1 and <= 100 and var given ? (int)given : DefaultLimit;
        from = Day(call, "from") ?? DateTimeOffset.UnixEpoch;
        before = (Day(call, "to") ?? new DateTimeOffset(call.Marketplace.Clock.Now.UtcDateTime.Date, TimeSpan.Zero).AddDays(1)).AddDays(1);
        above = Number(call, "from_id") ?? 0;
        upTo = Number(call, "to_id") ?? long.MaxValue;
        state = call.Query("state") is { Length: > 0 } text ? text : null;
        asBuyer = call.Query("order_as") == "buyer";
        var sort = call.Query("sort")?.Split('.') ?? [];
        byId = sort is ["id", _];
        ascending = sort is ["id" or "date", "asc"];
    }

    public IReadOnlyList<SimulatedOrder> Apply(AccountOrders orders)
    {
        var found = orders.Between(above, upTo).Where(order =>
            !order.Destroyed && order.AsBuyer == asBuyer && (state is null || order.State == state)
            && order.CreatedAt >= from && order.CreatedAt < before);
        var sorted = (byId, ascending) switch
        {
            (true, true) => found,
            (true, false) => found.Reverse(),
            (false, true) => found.OrderBy(order => order.CreatedAt).ThenBy(order => order.Id),
            _ => found.OrderByDescending(order => order.CreatedAt).ThenByDescending(order => order.Id),
        };
        return [.. sorted.Skip((page - 1) * limit).Take(limit)];
    }

    private static long? Number(ApiCall call, string name) =>
        long.TryParse(call.Query(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static DateTimeOffset? Day(ApiCall call, string name) => DateOnly.TryParseExact(
        call.Query(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        ? new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero)
        : null;
}
