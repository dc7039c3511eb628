namespace BrxSync.Client.Inventory;

/// <summary>One row of a stock export: a product, or the reason why the row cannot be used.</summary>
/// <param name="Index">The place of the row, counted from 0.</param>
/// <param name="ByteOffset">Where the row starts in the decompressed body, counted from 0.</param>
/// <param name="Product">The product; <see langword="null"/> when the row has a fault.</param>
/// <param name="Fault">
/// What is wrong with the row, for example <c>quantity is negative (-2)</c>; <see langword="null"/> when it is fine.
/// </param>
public readonly record struct ProductExportRow(long Index, long ByteOffset, Product? Product, string? Fault);
