using BrxSync.Sync.Abstractions;
using Microsoft.Data.Sqlite;

namespace BrxSync.Sync.Adapters.Sqlite;

/// <summary>What SQLite's result codes mean for whoever owns the file. Its own words are left out, since they may hold values.</summary>
internal sealed class SqliteFaults : IStoreFaults
{
    private static readonly (int Code, string Name, string Meaning, string Advice)[] Table =
    [
        (1, "SQLITE_ERROR", "the schema is not as this version made it", "Check whether another program or version changed it."),
        (3, "SQLITE_PERM", "access was refused", "Let the process read and write the file and its folder."),
        (5, "SQLITE_BUSY", "another process kept the file locked", "Look for it, or raise BrxSync:Sqlite:BusyTimeoutSeconds."),
        (6, "SQLITE_LOCKED", "the file is locked by another connection", "It is safe to try again."),
        (7, "SQLITE_NOMEM", "the process is out of memory", "Give it more, or lower BrxSync:Sqlite:CacheMegabytes."),
        (8, "SQLITE_READONLY", "the file is read-only", "Let the process write the file and its folder."),
        (10, "SQLITE_IOERR", "reading or writing the file failed", "Check the disk, and that the file is not on a network share."),
        (11, "SQLITE_CORRUPT", "the file is damaged", "Put a copy back; keep the damaged file."),
        (13, "SQLITE_FULL", "there is no space left", "Free some on its disk and on that of temporary files."),
        (14, "SQLITE_CANTOPEN", "the file cannot be opened", "Check BrxSync:Sqlite:Path, and who may use the file and its folder."),
        (19, "SQLITE_CONSTRAINT", "a row breaks a rule of the schema", "Check whether another program writes to the file."),
        (26, "SQLITE_NOTADB", "the file is no SQLite database", "Check BrxSync:Sqlite:Path; a file of something else is there."),
    ];

    public string Describe(Exception exception)
    {
        for (var current = exception; current is not null; current = current.InnerException)
        {
            if (current is SqliteException fault)
            {
                return Describe(fault.SqliteErrorCode);
            }
        }

        return exception is IOException or UnauthorizedAccessException
            ? "The store failed: the file or its folder cannot be used. Check BrxSync:Sqlite:Path, and who may read and write both."
            : $"The store failed: {exception.GetType().Name}. The log says more.";
    }

    private static string Describe(int code)
    {
        foreach (var row in Table)
        {
            if (row.Code == code)
            {
                return $"The store failed: {row.Meaning} ({row.Name}). {row.Advice}";
            }
        }

        return $"The store failed: SQLite result {code}. The log says more.";
    }
}
