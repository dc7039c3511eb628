using BrxSync.Sync.Adapters.Sql.Access;
using BrxSync.Sync.Stock.Guard;

namespace BrxSync.Sync.Adapters.Sql.Rows;

/// <summary>What an operator has accepted, as it is read.</summary>
internal static class AcceptedSnapshotRow
{
    public static AcceptedSnapshot Read(RowReader row) =>
        new(new SnapshotFall(row.Number("Linked"), row.Number("Seen")), row.TextOrNull("Currency"));
}
