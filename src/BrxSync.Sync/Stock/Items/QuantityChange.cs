using BrxSync.Client;

namespace BrxSync.Sync.Stock.Items;

/// <summary>One line of the stock journal, which replays to the quantities.</summary>
/// <param name="Product">The product.</param>
/// <param name="Cause">Why.</param>
/// <param name="Before">The quantity before; 0 for a new item.</param>
/// <param name="After">The quantity after.</param>
/// <param name="Oversold">By how many copies it would have gone below zero; more than 0 makes it an oversell.</param>
/// <param name="Fields">Which fields changed; with some, the quantity can be as it was.</param>
internal readonly record struct QuantityChange(
    ProductId Product, JournalCause Cause, int Before, int After, int Oversold, ItemFields Fields = ItemFields.None);
