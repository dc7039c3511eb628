using BrxSync.Sync.Adapters.Sqlite;

namespace BrxSync.Sync.Tests.Adapters.Sqlite;

public sealed class RunLockTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("brxsync-lock-");

    private string LockPath => Path.Combine(_folder.FullName, "stock.db.lock");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void TryTake_HeldBySomebodyElse_GivesNothing()
    {
        using var held = RunLock.TryTake(LockPath);

        held.ShouldNotBeNull();
        RunLock.TryTake(LockPath).ShouldBeNull();
    }

    [Fact]
    public void Dispose_LeavesNoFile()
    {
        RunLock.TryTake(LockPath)!.Dispose();

        _folder.GetFiles().ShouldBeEmpty();
    }

    [Fact]
    public void TryTake_FolderThatIsNotThere_IsAFaultOfItsOwn() =>
        Should.Throw<DirectoryNotFoundException>(() => RunLock.TryTake(Path.Combine(_folder.FullName, "none", "stock.db.lock")));

    [Fact]
    public void TryTake_WhileOthersTakeAndLeave_IsNeverHeldTwice()
    {
        var (holders, most, taken) = (0, 0, 0);
        var hosts = Enumerable.Range(0, 8).Select(_ => new Thread(() =>
        {
            while (Volatile.Read(ref taken) < 2_000)
            {
                if (RunLock.TryTake(LockPath) is { } held)
                {
                    var now = Interlocked.Increment(ref holders);
                    InterlockedMax(ref most, now);
                    Interlocked.Increment(ref taken);
                    Interlocked.Decrement(ref holders);
                    held.Dispose();
                }
            }
        })).ToArray();
        Array.ForEach(hosts, host => host.Start());
        Array.ForEach(hosts, host => host.Join());

        most.ShouldBe(1);
        _folder.GetFiles().ShouldBeEmpty();
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var known = Volatile.Read(ref most); value > known; known = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, known);
        }
    }
}
