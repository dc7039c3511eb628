using System.Text;
using BrxSync.Hosting.Configuration;
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
    /// <summary>32 bytes as base64url without padding.</summary>
    private const int LeastLength = 43;

    /// <summary>How long to wait for the process that made the file.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    public void PostConfigure(string? name, EncryptionOptions options)
    {
        if (options.Keys.Count > 0)
        {
            return;
        }

        if (sqlite.ValueOrNull() is not { } store)
        {
            // Wrong options of the store stop the start: nothing is ever encrypted with this key.
            options.Keys.Add(EncryptionKey.Generate());
            return;
        }

        var path = Path.GetFullPath(store.Path + ".key");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        options.Keys.Add(TryCreate(path) ?? Read(path));
    }

    /// <summary>
    /// Gives a new key, or null where there is a file already. Nobody else can have made it: of several processes one wins.
    /// </summary>
    private string? TryCreate(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.ReadWrite, BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var key = EncryptionKey.Generate();
        try
        {
            using var file = new FileStream(path, options);
            file.Write(Encoding.ASCII.GetBytes(key + "\n"));
            file.Flush(flushToDisk: true);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }

        Log.KeyCreated(logger, path);
        return key;
    }

    /// <summary>
    /// Reads the key of the process that won, which may be about to write it. What is no key is left to the validation of the options.
    /// </summary>
    private string Read(string path)
    {
        var key = string.Empty;
        SpinWait.SpinUntil(() => (key = ReadText(path)).Length >= LeastLength, Patience);
        return key.Length > 0
            ? key
            : throw new InvalidOperationException(
                $"The key file {path} is empty: the start that made it was cut off. Put the key back from a copy, or delete the file if this store holds no token yet.");
    }

    private static string ReadText(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd().Trim();
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.KeyCreated, LogLevel.Information,
            "No encryption key is configured: one was made in {Path}. Keep it with the database; without it the stored tokens cannot be read")]
        public static partial void KeyCreated(ILogger logger, string path);
    }
}
