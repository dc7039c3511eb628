using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace BrxSync.Sync.Adapters.Sqlite;

/// <summary>Somebody else wrote for longer than a writer waits. Nothing was written; it may be done again.</summary>
internal sealed class SqliteBusyException(string message) : SqliteException(message, raw.SQLITE_BUSY)
{
    /// <summary>True: all that wait meet the same, so that none is tried on its own.</summary>
    public override bool IsTransient => true;

    public static SqliteBusyException After(TimeSpan patience, string path) => new(
        $"Another write to {path} has not ended within {patience.TotalSeconds:0.##} seconds, as while a large snapshot is applied. "
        + "Nothing was written: try again.");
}
