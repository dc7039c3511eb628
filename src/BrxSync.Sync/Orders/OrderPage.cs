using BrxSync.Client;
using BrxSync.Client.Orders;
using BrxSync.Sync.Stock.Clocks;

namespace BrxSync.Sync.Orders;

/// <summary>A page of a walk through the orders.</summary>
/// <param name="Orders">The orders that could be read, and apart from them the rows that could not.</param>
/// <param name="Window">When CardTrader looked.</param>
/// <param name="Walk">What was asked for.</param>
/// <param name="Number">Which page of it this is, from 1.</param>
internal sealed record OrderPage(CardTraderList<Order> Orders, SnapshotWindow Window, OrderFilter Walk, int Number);
