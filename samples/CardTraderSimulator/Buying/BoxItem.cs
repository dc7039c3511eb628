using BrxSync.Simulator.Orders;

namespace BrxSync.Simulator.Buying;

/// <summary>Something bought over CardTrader Zero that waits at the hub.</summary>
internal sealed record BoxItem(long Id, SimulatedSeller Seller, SimulatedOrderItem Item, DateTimeOffset PaidAt);
