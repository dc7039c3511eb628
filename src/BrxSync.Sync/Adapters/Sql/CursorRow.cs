using System.Text.Json;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Stock.Clocks;

namespace BrxSync.Sync.Adapters.Sql;

/// <summary>A row of <c>sync_cursors</c> as it is read; times in microseconds.</summary>
internal sealed class CursorRow
{
    public string Identity { get; init; } = string.Empty;

    public long StartedAt { get; init; }

    public long WindowFrom { get; init; }

    public long WindowTo { get; init; }

    public string State { get; init; } = string.Empty;

    public static string ToState(SnapshotCursor cursor) => JsonSerializer.Serialize(
        new CursorState(cursor.Expansions, cursor.Blueprints, cursor.Reader), StoreJsonContext.Default.CursorState);

    public SnapshotCursor ToCursor()
    {
        var state = JsonSerializer.Deserialize(State, StoreJsonContext.Default.CursorState)!;
        return new SnapshotCursor
        {
            Identity = Identity,
            StartedAt = StoredTime.FromMicroseconds(StartedAt),
            Window = new SnapshotWindow(StoredTime.FromMicroseconds(WindowFrom), StoredTime.FromMicroseconds(WindowTo)),
            Expansions = state.Expansions,
            Blueprints = state.Blueprints,
            Reader = state.Reader,
        };
    }
}
