using System.Collections.Concurrent;
using System.Threading.Channels;
using BrxSync.Hosting.Diagnostics;
using BrxSync.Sync.Abstractions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BrxSync.Hosting.Jobs;

/// <summary>Turns the engine's signals into jobs at once. However many signals come, one of a kind and account waits at most.</summary>
internal sealed partial class WorkSignal(JobQueue queue, IOptions<JobsOptions> options, ILogger<WorkSignal> logger) : BackgroundService, IWorkSignal
{
    private readonly ConcurrentDictionary<(AccountId Account, WorkKind Kind), bool> _waiting = new();
    private readonly Channel<(AccountId Account, WorkKind Kind)> _signals =
        Channel.CreateUnbounded<(AccountId, WorkKind)>(new UnboundedChannelOptions { SingleReader = true });

    public void Raise(AccountId accountId, WorkKind kind)
    {
        if (options.Value.Enabled && _waiting.TryAdd((accountId, kind), true))
        {
            _signals.Writer.TryWrite((accountId, kind));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var signal in _signals.Reader.ReadAllAsync(stoppingToken).ConfigureAwait(false))
        {
            // Before the job is asked for: a signal that comes from now on must not be lost with this one.
            _waiting.TryRemove(signal, out _);
            try
            {
                await queue.EnqueueAsync(signal.Account, signal.Kind, stoppingToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Log.SignalLost(logger, JobKinds.NameOf(signal.Kind), signal.Account, exception);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.SignalLost, LogLevel.Warning, "Job {Kind} of account {AccountId} could not be triggered; the next sweep does it")]
        public static partial void SignalLost(ILogger logger, string kind, AccountId accountId, Exception exception);
    }
}
