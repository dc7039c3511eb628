using System.ComponentModel.DataAnnotations;

namespace BrxSync.Sync.Adapters.Sqlite;

/// <summary>Where the embedded SQLite store keeps its data.</summary>
public sealed class SqliteOptions
{
    /// <summary>Gets or sets the database file; its folder is created. A relative path starts at the working folder.</summary>
    /// <value>Default <c>brxsync.db</c>.</value>
    [Required(ErrorMessage = "SQLite needs a file: set BrxSync:Sqlite:Path, or leave it out for brxsync.db in the working folder.")]
    public string Path { get; set; } = "brxsync.db";

    /// <summary>Gets or sets how long a writer waits for another one, in seconds.</summary>
    /// <value>Default 30.</value>
    [Range(1, 3600)]
    public int BusyTimeoutSeconds { get; set; } = 30;

    /// <summary>Gets or sets the page cache of a connection, in MB.</summary>
    /// <value>Default 8.</value>
    [Range(1, 1024)]
    public int CacheMegabytes { get; set; } = 8;
}
