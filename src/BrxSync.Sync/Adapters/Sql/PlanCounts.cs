using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Stock.Guard;

namespace BrxSync.Sync.Adapters.Sql;

/// <summary>The one row that counting a plan gives.</summary>
internal sealed class PlanCounts
{
    public long Created { get; init; }

    public long Unpriced { get; init; }

    public long Barred { get; init; }

    public long Updated { get; init; }

    public long UpdatedOnSale { get; init; }

    public long Missing { get; init; }

    public SnapshotPlan ToPlan(long staged)
    {
        var unchanged = staged - Created - Unpriced - Barred - Updated;
        return new SnapshotPlan
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
