using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Snapshots;
using BrxSync.Sync.Adapters.Sql.Access;
using BrxSync.Sync.Stock.Guard;

namespace BrxSync.Sync.Adapters.Sql.Rows;

/// <summary>The one row that counting a plan gives.</summary>
internal sealed record PlanCounts(long Created, long Unpriced, long Barred, long Updated, long UpdatedOnSale, long Missing)
{
    public static PlanCounts Read(RowReader row) => new(
        row.Number("Created"),
        row.Number("Unpriced"),
        row.Number("Barred"),
        row.Number("Updated"),
        row.Number("UpdatedOnSale"),
        row.Number("Missing"));

    public PlannedChanges ToChanges(long staged)
    {
        var unchanged = staged - Created - Unpriced - Barred - Updated;
        return new PlannedChanges
        {
            Staged = staged,
            Created = Created,
            Updated = Updated,
            Unpriced = Unpriced,
            Barred = Barred,
            Missing = Missing,
            Fall = new SnapshotFall(unchanged + UpdatedOnSale + Missing, unchanged + UpdatedOnSale),
        };
    }
}
