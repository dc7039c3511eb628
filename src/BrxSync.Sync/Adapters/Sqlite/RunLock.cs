namespace BrxSync.Sync.Adapters.Sqlite;

/// <summary>
/// One run per account over all processes that share the file: an operating system lock on a small file beside the database, which
/// the system itself frees when a process dies. The file is deleted under the lock; whoever opened it before that finds, once it has the
/// lock, that it is no longer there, and opens another one: the runtime sees to that.
/// </summary>
internal sealed class RunLock : IDisposable
{
    // EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows.
    private static readonly int[] SharingViolations = [11, 35, unchecked((int)0x80070020)];

    private readonly FileStream _file;

    private RunLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, or gives null when somebody else has it.</summary>
    public static RunLock? TryTake(string path)
    {
        try
        {
            return new RunLock(
                new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose));
        }
        catch (IOException fault) when (SharingViolations.Contains(fault.HResult))
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();
}
