using BrxSync.Client;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Snapshots;
using BrxSync.Sync.Adapters.Sql.Access;

namespace BrxSync.Sync.Adapters.Sql.Rows;

/// <summary>One sample of one kind of difference; the total is the same in every row of a kind.</summary>
internal sealed record DriftRow(string Kind, long Total, long Place, DriftSample Sample)
{
    /// <summary>The kind that counts products which differ in whatever field; it has no samples of its own.</summary>
    public const string AnyField = "any_field";

    /// <summary>How many characters of a value a sample keeps: it holds the seller's own texts.</summary>
    public const int TextKept = 200;

    public static DriftRow Read(RowReader row) => new(
        row.Text("Kind"),
        row.Number("Total"),
        row.Number("Place"),
        new DriftSample(
            row.NumberOrNull("ItemId"),
            StoredProduct.Find(row.TextOrNull("ExternalStockId")),
            new BlueprintId(row.IntegerOrNull("BlueprintId") ?? 0),
            row.TextOrNull("Local"),
            row.TextOrNull("Remote")));

    public static SnapshotDrift Summarize(IEnumerable<DriftRow> rows, PlannedChanges plan, int samples)
    {
        var kinds = rows.GroupBy(row => row.Kind, StringComparer.Ordinal).ToList();
        return new SnapshotDrift(
            kinds.FirstOrDefault(kind => kind.Key == AnyField)?.First().Total ?? 0,
            [.. kinds.Where(kind => kind.Key != AnyField).Select(kind => new DriftFinding(
                kind.Key,
                kind.First().Total,
                [.. kind.Where(row => row.Place <= samples).OrderBy(row => row.Place).Select(row => row.Sample)]))])
        {
            Equal = plan.Unchanged,
        };
    }
}
