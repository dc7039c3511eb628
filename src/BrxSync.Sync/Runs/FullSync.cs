using System.Threading.Channels;

namespace BrxSync.Sync.Runs;

/// <summary>
/// Brings an account's whole local stock to what CardTrader lists: streams the export, stages it, judges it, and writes only what
/// differs in one transaction. One run per account at a time, over all processes.
/// </summary>
internal sealed class FullSync : IFullSync
{
    private readonly SyncRunner _runner;

    public FullSync(SyncRunner runner) => _runner = runner;

    public Task<SyncResult> RunAsync(
        SyncRequest request, IProgress<SyncProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var run = new RunRequest
        {
            AccountId = request.AccountId,
            Kind = request.DryRun ? OperationKinds.DryRun : OperationKinds.FullSync,
            AcceptFall = request.AcceptFall,
            Mode = request.Mode,
        };
        return _runner.RunAsync(run, progress, cancellationToken);
    }

    public SyncRun Start(SyncRequest request, CancellationToken cancellationToken = default)
    {
        var progress = Channel.CreateBounded<SyncProgress>(
            new BoundedChannelOptions(8) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        return new SyncRun(progress.Reader, CompleteAsync());

        async Task<SyncResult> CompleteAsync()
        {
            try
            {
                return await RunAsync(request, new ChannelProgress(progress.Writer), cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                progress.Writer.Complete();
            }
        }
    }

    private sealed class ChannelProgress(ChannelWriter<SyncProgress> writer) : IProgress<SyncProgress>
    {
        public void Report(SyncProgress value) => writer.TryWrite(value);
    }
}
