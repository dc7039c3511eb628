using BrxSync.Client;

namespace BrxSync.Sync.Abstractions.Records;

/// <summary>An order, and when anything new was last heard of it.</summary>
/// <param name="Order">The order.</param>
/// <param name="HeardAt">When, by the store's clock.</param>
internal sealed record HeardOrder(OrderId Order, DateTimeOffset HeardAt);
