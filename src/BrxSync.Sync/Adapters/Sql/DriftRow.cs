using BrxSync.Sync.Abstractions.Records;

namespace BrxSync.Sync.Adapters.Sql;

/// <summary>One sample of one kind of difference; the total is the same in every row of a kind.</summary>
internal sealed class DriftRow
{
    /// <summary>The kind that counts products which differ in whatever field; it has no samples of its own.</summary>
    public const string AnyField = "any_field";

    /// <summary>How many characters of a value a sample keeps: it holds the seller's own texts.</summary>
    public const int TextKept = 200;

    public string Kind { get; init; } = string.Empty;

    public long Total { get; init; }

    public long Place { get; init; }

    public long? ItemId { get; init; }

    public string ExternalStockId { get; init; } = string.Empty;

    public int BlueprintId { get; init; }

    public string? Local { get; init; }

    public string? Remote { get; init; }

    public static SnapshotDrift Summarize(IEnumerable<DriftRow> rows, SnapshotPlan plan, int samples)
    {
        var kinds = rows.GroupBy(row => row.Kind, StringComparer.Ordinal).ToList();
        return new SnapshotDrift(
            kinds.FirstOrDefault(kind => kind.Key == AnyField)?.First().Total ?? 0,
            [.. kinds.Where(kind => kind.Key != AnyField).Select(kind => new DriftFinding(
                kind.Key, kind.First().Total, [.. kind.Where(row => row.Place <= samples).OrderBy(row => row.Place).Select(row => row.ToSample())]))])
        {
            Equal = plan.Unchanged,
        };
    }

    private DriftSample ToSample() => new(ItemId, ExternalStockId, BlueprintId, Local, Remote);
}
