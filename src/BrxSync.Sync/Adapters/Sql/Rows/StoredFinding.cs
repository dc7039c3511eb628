using BrxSync.Client;

namespace BrxSync.Sync.Adapters.Sql.Rows;

/// <summary>What the findings column of a drift report holds.</summary>
internal sealed record StoredFinding(string Kind, long Count, IReadOnlyList<StoredSample> Samples)
{
    public static StoredFinding Of(DriftFinding finding) => new(
        finding.Kind,
        finding.Count,
        [
            .. finding.Samples.Select(sample => new StoredSample(
                sample.ItemId, sample.ProductId?.ToString() ?? string.Empty, sample.BlueprintId.Value, sample.Local, sample.Remote)),
        ]);

    public DriftFinding ToFinding() => new(
        Kind,
        Count,
        [
            .. Samples.Select(sample => new DriftSample(
                sample.ItemId,
                StoredProduct.Find(sample.ExternalStockId),
                new BlueprintId(sample.BlueprintId),
                sample.Local,
                sample.Remote)),
        ]);
}

/// <summary>One product of a finding, as it is stored.</summary>
internal sealed record StoredSample(long? ItemId, string ExternalStockId, long BlueprintId, string? Local, string? Remote);
