namespace BrxSync.Sync.Adapters.Sqlite;

/// <summary>
/// One run per account over all processes that share the file: an operating system lock on a small file beside the database, which
/// the system itself frees when a process dies. The file stays: deleting it would let two processes lock two files of one name.
/// </summary>
internal sealed class RunLock : IDisposable
{
    private readonly FileStream _file;

    private RunLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, or gives null when somebody else has it.</summary>
    public static RunLock? TryTake(string path)
    {
        try
        {
            return new RunLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();
}
