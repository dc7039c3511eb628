using BrxSync.Hosting.Diagnostics;
using BrxSync.Sync.Accounts;
using BrxSync.Sync.Adapters.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BrxSync.Hosting.Startup;

/// <summary>
/// Gives an embedded store its key when none is configured: a file beside the database that only the owner may read, made once.
/// </summary>
internal sealed partial class EmbeddedKeyFile(IOptions<SqliteOptions> sqlite, ILogger<EmbeddedKeyFile> logger)
    : IPostConfigureOptions<EncryptionOptions>
{
    public void PostConfigure(string? name, EncryptionOptions options)
    {
        if (options.Keys.Count > 0)
        {
            return;
        }

        var path = Path.GetFullPath(sqlite.Value.Path + ".key");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        options.Keys.Add(File.Exists(path) ? File.ReadAllText(path).Trim() : Create(path));
    }

    private string Create(string path)
    {
        var key = EncryptionKey.Generate();

        // Written aside and moved: whoever looks meanwhile sees no file or a whole one, and of two processes one wins.
        var draft = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var writer = new StreamWriter(draft, options))
        {
            writer.WriteLine(key);
        }

        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
            return File.ReadAllText(path).Trim();
        }

        Log.KeyCreated(logger, path);
        return key;
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.KeyCreated, LogLevel.Information,
            "No encryption key is configured: one was made in {Path}. Keep it with the database; without it the stored tokens cannot be read")]
        public static partial void KeyCreated(ILogger logger, string path);
    }
}
