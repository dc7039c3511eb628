using BrxSync.Client.Errors;

namespace BrxSync.Client.Inventory;

/// <summary>CardTrader's answer to a write of one product.</summary>
public sealed record ProductWriteResult : CardTraderRecord
{
    /// <summary>Gets the verdict as received, for example <c>ok</c> or <c>warning</c>.</summary>
    public string? Result { get; init; }

    /// <summary>Gets what CardTrader changed or left out. A warning is not a failure.</summary>
    public IReadOnlyList<CardTraderFault> Warnings { get; init; } = [];

    /// <summary>Gets the product after the write. It may be an older one that was equal: go by its id and quantity.</summary>
    /// <value><see langword="null"/> when the answer has none, or none that can be read.</value>
    public Product? Product { get; init; }

    /// <summary>Gets what keeps the product from being read.</summary>
    /// <value><see langword="null"/> when it was read, or the answer has none.</value>
    public string? ProductFault { get; init; }

    /// <summary>
    /// Gets a value indicating whether the product was gone before the call. Only <see cref="IInventoryApi.DeleteAsync"/> sets it.
    /// </summary>
    public bool WasGone { get; init; }
}
