namespace BrxSync.Sync.Adapters.Sqlite;

/// <summary>
/// Runs what may take seconds on a thread that is made for it. SQLite works on the thread that calls it, and those of the pool are for what
/// is short.
/// </summary>
internal static class OwnThread
{
    private const TaskCreationOptions Options = TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach;

    public static Task RunAsync(Func<Task> work) => Task.Factory.StartNew(
        work, CancellationToken.None, Options, TaskScheduler.Default).Unwrap();

    public static Task<T> RunAsync<T>(Func<Task<T>> work) => Task.Factory.StartNew(
        work, CancellationToken.None, Options, TaskScheduler.Default).Unwrap();
}
