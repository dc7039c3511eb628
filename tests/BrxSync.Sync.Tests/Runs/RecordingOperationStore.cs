using System.Threading.Channels;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;

namespace BrxSync.Sync.Tests.Runs;

/// <summary>A store of operations that tells a test of each call, and answers what the test wants.</summary>
internal sealed class RecordingOperationStore : IOperationStore
{
    private readonly Channel<SyncProgress> _reported = Channel.CreateUnbounded<SyncProgress>();
    private readonly Channel<string> _asked = Channel.CreateUnbounded<string>();

    /// <summary>What is answered to a report.</summary>
    public Func<CancellationToken, Task<bool>> Report { get; set; } = _ => Task.FromResult(true);

    /// <summary>The operation that is found.</summary>
    public Operation? Found { get; set; }

    /// <summary>What was persisted, in its order.</summary>
    public ChannelReader<SyncProgress> Reported => _reported.Reader;

    /// <summary>The ids that were looked for.</summary>
    public ChannelReader<string> Asked => _asked.Reader;

    public Task<bool> ReportAsync(
        AccountId accountId, string id, SyncProgress progress, CancellationToken cancellationToken = default)
    {
        _reported.Writer.TryWrite(progress);
        return Report(cancellationToken);
    }

    public Task<Operation?> FindAsync(AccountId accountId, string id, CancellationToken cancellationToken = default) =>
        FindAsync(id, cancellationToken);

    public Task<Operation?> FindAsync(string id, CancellationToken cancellationToken = default)
    {
        _asked.Writer.TryWrite(id);
        return Task.FromResult(Found);
    }

    public Task<Operation?> TryStartAsync(AccountId accountId, string kind, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<OperationRun?> BeginAsync(
        AccountId accountId, string id, string kind, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<int> CloseSilentAsync(string kind, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<QueuedOperation?> QueueAsync(AccountId accountId, string kind, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<Operation?> FindLiveAsync(AccountId accountId, string kind, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<bool> CompleteAsync(
        AccountId accountId,
        string id,
        OperationStatus status,
        SyncProgress? progress,
        IReadOnlyList<string> reasons,
        string? error,
        CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<bool> CancelAsync(AccountId accountId, string id, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<int> CloseInterruptedAsync(AccountId accountId, string kind, string error, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<Operation>> ListAsync(AccountId accountId, int limit, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();
}
