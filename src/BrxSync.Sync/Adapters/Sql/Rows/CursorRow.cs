using System.Text.Json;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Snapshots;
using BrxSync.Sync.Adapters.Sql.Access;
using BrxSync.Sync.Stock.Clocks;

namespace BrxSync.Sync.Adapters.Sql.Rows;

/// <summary>A row of <c>sync_cursors</c> as it is read; times in microseconds.</summary>
internal static class CursorRow
{
    public static string ToState(SnapshotCursor cursor) => JsonSerializer.Serialize(
        new CursorState(cursor.Expansions, cursor.Blueprints, cursor.Reader), StoreJsonContext.Default.CursorState);

    public static SnapshotCursor Read(RowReader row)
    {
        var state = JsonSerializer.Deserialize(row.Text("State"), StoreJsonContext.Default.CursorState)!;
        return new SnapshotCursor
        {
            Identity = row.Text("Identity"),
            StartedAt = row.Time("StartedAt"),
            Window = new SnapshotWindow(row.Time("WindowFrom"), row.Time("WindowTo")),
            Expansions = state.Expansions,
            Blueprints = state.Blueprints,
            Reader = state.Reader,
        };
    }
}
