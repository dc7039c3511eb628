using System.Diagnostics;
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
internal sealed partial class WorkSignal(
    JobQueue queue, IOptions<JobsOptions> options, TimeProvider time, ILogger<WorkSignal> logger, ISchedulerDatabase? shared = null)
    : IHostedService, IWorkSignal, IDisposable
{
    /// <summary>
    /// How long signals of one kind and account are gathered after one was passed on, where passing on is a transaction of the shared
    /// store.
    /// </summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly Dictionary<(AccountId Account, WorkKind Kind), (State State, string? TraceParent)> _states = [];
    private readonly Channel<Signal> _signals = Channel.CreateUnbounded<Signal>(new UnboundedChannelOptions { SingleReader = true });

    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    private enum State
    {
        /// <summary>A signal waits to be passed on.</summary>
        Waiting,

        /// <summary>One was passed on a moment ago.</summary>
        Pausing,

        /// <summary>The same, and others have come since.</summary>
        Gathering,
    }

    public void Raise(AccountId accountId, WorkKind kind)
    {
        // What a process that runs no jobs asks for is run by those that it shares them with.
        if (!options.Value.Enabled && shared is null)
        {
            return;
        }

        lock (_gate)
        {
            if (_states.TryAdd((accountId, kind), (State.Waiting, null)))
            {
                _signals.Writer.TryWrite(new Signal(accountId, kind, Activity.Current?.Id));
            }
            else if (_states[(accountId, kind)].State == State.Pausing)
            {
                _states[(accountId, kind)] = (State.Gathering, Activity.Current?.Id);
            }
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
                await EnqueueAsync(signal).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The host goes down.
        }
    }

    private async Task EnqueueAsync(Signal signal)
    {
        // Before the job is asked for: a signal that comes from now on must not be lost with this one.
        var (account, kind, traceParent) = signal;
        Passed((account, kind));
        try
        {
            await queue.EnqueueAsync(account, kind, asked: true, _stopping.Token, traceParent).ConfigureAwait(false);
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

    private void Passed((AccountId Account, WorkKind Kind) signal)
    {
        lock (_gate)
        {
            if (shared is null)
            {
                _states.Remove(signal);
                return;
            }

            _states[signal] = (State.Pausing, null);
        }

        _ = EndPauseAsync(signal);
    }

    /// <summary>Never fails: the end of the host ends the pause.</summary>
    private async Task EndPauseAsync((AccountId Account, WorkKind Kind) signal)
    {
        await Task.Delay(Pause, time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
        {
            var (state, traceParent) = _states[signal];
            if (state == State.Pausing)
            {
                _states.Remove(signal);
            }
            else
            {
                _states[signal] = (State.Waiting, null);
                _signals.Writer.TryWrite(new Signal(signal.Account, signal.Kind, traceParent));
            }
        }
    }

    /// <summary>Of several that are gathered, the trace of the first is gone on with.</summary>
    private readonly record struct Signal(AccountId Account, WorkKind Kind, string? TraceParent);

    private static partial class Log
    {
        [LoggerMessage(
            EventIds.SignalLost, LogLevel.Warning, "Job {Kind} of account {AccountId} could not be triggered; the next sweep does it")]
        public static partial void SignalLost(ILogger logger, string kind, AccountId accountId, Exception exception);
    }
}
