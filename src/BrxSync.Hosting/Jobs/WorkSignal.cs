using System.Collections.Concurrent;
using System.Threading.Channels;
using BrxSync.Hosting.Diagnostics;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BrxSync.Hosting.Jobs;

/// <summary>
/// Turns the engine's signals into jobs at once. However many signals come, one of a kind and account waits at most. No
/// <see cref="BackgroundService"/>: a host that is disposed without being stopped takes the cancellation of one for its failure,
/// and may end itself for it.
/// </summary>
internal sealed partial class WorkSignal(JobQueue queue, IOptions<JobsOptions> options, ILogger<WorkSignal> logger)
    : IHostedService, IWorkSignal, IDisposable
{
    private readonly ConcurrentDictionary<(AccountId Account, WorkKind Kind), bool> _waiting = new();
    private readonly Channel<(AccountId Account, WorkKind Kind)> _signals =
        Channel.CreateUnbounded<(AccountId, WorkKind)>(new UnboundedChannelOptions { SingleReader = true });

    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    public void Raise(AccountId accountId, WorkKind kind)
    {
        if (options.Value.Enabled && _waiting.TryAdd((accountId, kind), true))
        {
            _signals.Writer.TryWrite((accountId, kind));
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _running = Task.Run(RunAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => _stopping.Cancel();

    /// <summary>Ends with its host, and never fails.</summary>
    private async Task RunAsync()
    {
        try
        {
            await foreach (var signal in _signals.Reader.ReadAllAsync(_stopping.Token).ConfigureAwait(false))
            {
                await EnqueueAsync(signal.Account, signal.Kind).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The host goes down.
        }
    }

    private async Task EnqueueAsync(AccountId account, WorkKind kind)
    {
        // Before the job is asked for: a signal that comes from now on must not be lost with this one.
        _waiting.TryRemove((account, kind), out _);
        try
        {
            await queue.EnqueueAsync(account, kind, _stopping.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // What a host that goes down leaves is found by the sweep of the next one.
            if (!_stopping.IsCancellationRequested)
            {
                Log.SignalLost(logger, JobKinds.NameOf(kind), account, exception);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventIds.SignalLost, LogLevel.Warning, "Job {Kind} of account {AccountId} could not be triggered; the next sweep does it")]
        public static partial void SignalLost(ILogger logger, string kind, AccountId accountId, Exception exception);
    }
}
