using BrxSync.Client;

namespace BrxSync.Sync.Stock.Orders;

/// <summary>One item of an order, as the books keep it.</summary>
/// <param name="Item">The order item.</param>
/// <param name="Sale">The sale it belongs to: the order in which the goods were sold first, and the product.</param>
/// <param name="Quantity">How many were sold.</param>
/// <param name="At">When.</param>
/// <param name="IsDeleted">True when the item was taken out of the order again.</param>
/// <param name="HasStood">True once it was reported in an order whose goods are sold, however late that report came.</param>
internal readonly record struct OrderLine(OrderItemId Item, SaleKey Sale, int Quantity, SaleTime At, bool IsDeleted, bool HasStood);
