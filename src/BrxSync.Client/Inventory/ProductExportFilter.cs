namespace BrxSync.Client.Inventory;

/// <summary>Narrows a stock export. Without any member set, the whole stock is exported.</summary>
public sealed record ProductExportFilter
{
    /// <summary>Gets the blueprint whose products are wanted. Cheap: use it to verify a single write.</summary>
    public BlueprintId? BlueprintId { get; init; }

    /// <summary>Gets the expansion whose products are wanted.</summary>
    public ExpansionId? ExpansionId { get; init; }
}
