using BrxSync.Client;
using BrxSync.Sync.Stock.Items;

namespace BrxSync.Sync.Abstractions.Records.Snapshots;

/// <summary>A product whose quantity the rules have decided.</summary>
/// <param name="Product">The product.</param>
/// <param name="Quantity">
/// What the plan is to write as its quantity: that of the existing row, which the rules write themselves, or that of a new row.
/// </param>
/// <param name="IsWritten">
/// True when the snapshot still describes the row; false when the row is left alone, or only its quantity matters.
/// </param>
/// <param name="KeptFields">What of the description keeps the value it has here.</param>
internal readonly record struct SetAsideProduct(ProductId Product, int Quantity, bool IsWritten, ItemFields KeptFields);
