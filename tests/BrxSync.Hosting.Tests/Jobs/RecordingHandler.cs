using System.Collections.Concurrent;
using BrxSync.Hosting.Jobs;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions.Records;

namespace BrxSync.Testing.Jobs;

/// <summary>A handler whose runs wait until they are let go, and that counts them.</summary>
internal sealed class RecordingHandler(WorkKind kind) : IJobHandler
{
    private readonly SemaphoreSlim _started = new(0);
    private readonly SemaphoreSlim _gate = new(0);
    private readonly ConcurrentDictionary<AccountId, int> _running = new();
    private int _runs;
    private int _completed;

    public WorkKind Kind => kind;

    /// <summary>Gets or sets whether runs wait for <see cref="Release"/>.</summary>
    public bool IsHeld { get; init; } = true;

    /// <summary>Gets what a run throws, by its number from 1; null lets it succeed.</summary>
    public Func<int, Exception?> Fault { get; init; } = _ => null;

    public int Runs => Volatile.Read(ref _runs);

    public int Completed => Volatile.Read(ref _completed);

    /// <summary>Gets how many runs of one account were seen at once, at most.</summary>
    public int MostAtOnce { get; private set; }

    public bool WasCancelled { get; private set; }

    public async Task RunAsync(AccountId accountId, CancellationToken cancellationToken)
    {
        MostAtOnce = Math.Max(MostAtOnce, _running.AddOrUpdate(accountId, 1, (_, count) => count + 1));
        var number = Interlocked.Increment(ref _runs);
        _started.Release();
        try
        {
            if (IsHeld)
            {
                await _gate.WaitAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            WasCancelled = true;
            throw;
        }
        finally
        {
            _running.AddOrUpdate(accountId, 0, (_, count) => count - 1);
        }

        if (Fault(number) is { } fault)
        {
            throw fault;
        }

        Interlocked.Increment(ref _completed);
    }

    public async Task WaitForStartAsync(int count = 1)
    {
        for (var i = 0; i < count; i++)
        {
            (await _started.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeTrue($"{kind} did not start");
        }
    }

    public void Release(int count = 1) => _gate.Release(count);
}
