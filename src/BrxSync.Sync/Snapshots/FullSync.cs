using System.Threading.Channels;
using BrxSync.Client.Errors;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Accounts;
using BrxSync.Sync.Diagnostics;
using BrxSync.Sync.Stock;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BrxSync.Sync.Snapshots;

/// <summary>
/// Brings an account's whole local stock to what CardTrader lists: streams the export, stages it, judges it, and writes only what
/// differs in one transaction. One run per account at a time, over all processes.
/// </summary>
public sealed partial class FullSync
{
    private static readonly TimeSpan TakeoverPoll = TimeSpan.FromMilliseconds(100);

    private readonly SyncStores _stores;
    private readonly AccountService _accounts;
    private readonly FullSyncOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<FullSync> _logger;

    internal FullSync(
        SyncStores stores, AccountService accounts, IOptions<FullSyncOptions> options, TimeProvider time, ILogger<FullSync> logger)
    {
        (_stores, _accounts, _options, _time, _logger) = (stores, accounts, options.Value, time, logger);
    }

    /// <summary>
    /// Runs one full sync to its end. A snapshot that cannot be trusted, a marketplace that refuses or cannot be reached: these are
    /// results, and the stock stays as it was; the operation's record tells the same.
    /// </summary>
    /// <param name="request">What to synchronize, and how.</param>
    /// <param name="progress">Receives the counters about four times a second and at every change of phase, or null.</param>
    /// <param name="cancellationToken">Cancels the run; nothing of it is applied unless it was already committed.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="AccountNotConnectedException">The account is unknown or has no token.</exception>
    /// <exception cref="AccountSuspendedException">The account is suspended.</exception>
    /// <exception cref="AccountStoppedException">CardTrader refused the account's token; no call was made.</exception>
    /// <exception cref="SyncInProgressException">Another run of the account is alive, here or in another process.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled, or its account was suspended, removed or linked to another seller.</exception>
    /// <exception cref="SyncFencedException">This process was paused and another run took the account over; this one changed nothing.</exception>
    /// <exception cref="System.Data.Common.DbException">The database failed; nothing was applied.</exception>
    public async Task<SyncResult> RunAsync(
        SyncRequest request, IProgress<SyncProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        await _accounts.GetActiveAsync(request.AccountId, cancellationToken).ConfigureAwait(false);
        using var run = _accounts.Enter(request.AccountId, cancellationToken);
        var session = await OpenAsync(request.AccountId, run.Token).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            // Read again: a run that was waited for may have learned the currency, or the account may have a new token or none.
            var account = await _accounts.GetActiveAsync(request.AccountId, run.Token).ConfigureAwait(false);
            var operation = await StartAsync(account, request, run.Token).ConfigureAwait(false);
            return await ExecuteAsync(account, request, operation, session, progress, run).ConfigureAwait(false);
        }
    }

    /// <summary>Starts one full sync and returns at once.</summary>
    /// <param name="request">What to synchronize, and how.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <returns>The run, to watch or to wait for.</returns>
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

    /// <summary>Opens the account's session; waits for one that shows no sign of life, since its process may just have died.</summary>
    private async Task<ISnapshotSession> OpenAsync(AccountId accountId, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        Operation? firstSeen = null;
        while (true)
        {
            if (await _stores.Snapshots.TryOpenAsync(accountId, cancellationToken).ConfigureAwait(false) is { } session)
            {
                return session;
            }

            var recent = await _stores.Operations.ListAsync(accountId, 10, cancellationToken).ConfigureAwait(false);
            var running = recent.FirstOrDefault(operation => operation.Status == OperationStatus.Running);
            firstSeen ??= running;
            if (running?.HeartbeatAt != firstSeen?.HeartbeatAt || _time.GetElapsedTime(started) >= _options.TakeoverPatience)
            {
                throw InProgress(accountId, running?.Id);
            }

            await Task.Delay(TakeoverPoll, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<Operation> StartAsync(Account account, SyncRequest request, CancellationToken cancellationToken)
    {
        // Whoever holds the run lock knows that a run still marked as running has lost its process.
        var interrupted = 0;
        foreach (var kind in (string[])[OperationKinds.FullSync, OperationKinds.DryRun])
        {
            interrupted += await _stores.Operations.CloseInterruptedAsync(
                account.Id, kind, "The process that ran it ended before it was done.", cancellationToken).ConfigureAwait(false);
        }

        if (interrupted > 0)
        {
            Log.RunInterrupted(_logger, account.Id);
        }

        // From here on the operation exists and must be ended, so a cancellation is met before or inside the run.
        cancellationToken.ThrowIfCancellationRequested();
        var operation = await _stores.Operations.TryStartAsync(
            account.Id, request.DryRun ? OperationKinds.DryRun : OperationKinds.FullSync, CancellationToken.None).ConfigureAwait(false)
            ?? throw InProgress(account.Id, null);
        Log.SyncStarted(_logger, operation.Id, account.Id);
        return operation;
    }

    private async Task<SyncResult> ExecuteAsync(
        Account account, SyncRequest request, Operation operation, ISnapshotSession session, IProgress<SyncProgress>? progress, LiveRun live)
    {
        var cancellationToken = live.Token;
        using var activity = SyncDiagnostics.ActivitySource.StartActivity("brx.sync.full");
        var counters = new SyncCounters();
        var outcome = new SyncOutcome(_stores, account, session.Epoch, request, _time, _logger);
        var reporter = new ProgressReporter(operation, counters, _stores.Operations, progress, _time, _logger) { Ended = live.Cancel };
        await using (reporter.ConfigureAwait(false))
        {
            SyncResult result;
            try
            {
                await outcome.BeginAsync(cancellationToken).ConfigureAwait(false);
                var run = new SnapshotRun(session, reporter, counters, _time);
                var verdict = await run.ExecuteAsync(
                    account, _accounts.Open(account), request, operation.Id, _options.BatchSize, cancellationToken).ConfigureAwait(false);
                result = Result(operation, reporter.Final(verdict.MayRemove), verdict);
            }
            catch (CardTraderAuthenticationException exception)
            {
                await _accounts.StopAsync(account, exception).ConfigureAwait(false);
                result = Failure(operation, reporter.Final(succeeded: false), AccountService.TokenRefused);
            }
            catch (Exception exception) when (exception is CardTraderException or SecretUnreadableException)
            {
                result = Failure(operation, reporter.Final(succeeded: false), exception.Message);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                await session.AbandonAsync().ConfigureAwait(false);
                await outcome.EndAsync(operation, Cancelled(operation, reporter), activity).ConfigureAwait(false);
                throw;
            }
            catch (SyncFencedException exception)
            {
                await session.AbandonAsync().ConfigureAwait(false);
                await outcome.EndAsync(operation, Cancelled(operation, reporter), activity).ConfigureAwait(false);
                if (await outcome.WasCancelledAsync(operation).ConfigureAwait(false))
                {
                    throw new OperationCanceledException("The run was cancelled with its account's connection.", exception);
                }

                throw;
            }
            catch (Exception exception)
            {
                await session.AbandonAsync().ConfigureAwait(false);
                Log.StoreFailed(_logger, operation.Id, account.Id, exception);
                if (!await outcome.WasCommittedAsync(operation).ConfigureAwait(false))
                {
                    await outcome.EndAsync(
                        operation, Failure(operation, reporter.Final(succeeded: false), $"The store failed: {exception.GetType().Name}."), activity).ConfigureAwait(false);
                    throw;
                }

                // Only the answer to the commit was lost.
                result = new SyncResult { OperationId = operation.Id, Status = OperationStatus.Completed, Progress = reporter.Final(succeeded: true) };
            }

            await session.AbandonAsync().ConfigureAwait(false);
            await outcome.EndAsync(operation, result, activity).ConfigureAwait(false);
            reporter.PublishFinal(result.Progress);
            return result;
        }
    }

    private static SyncResult Result(Operation operation, SyncProgress progress, SnapshotVerdict verdict) => new()
    {
        OperationId = operation.Id,
        Status = verdict.Outcome switch
        {
            SnapshotOutcome.Applied => OperationStatus.Completed,
            SnapshotOutcome.Withheld => OperationStatus.Withheld,
            _ => OperationStatus.Failed,
        },
        Progress = progress,
        Reasons = SnapshotRun.Describe(verdict),
        Error = verdict.Outcome == SnapshotOutcome.Applied ? null : StorableText.Of(verdict.Describe()),
    };

    private static SyncResult Failure(Operation operation, SyncProgress progress, string error) =>
        new() { OperationId = operation.Id, Status = OperationStatus.Failed, Progress = progress, Error = StorableText.Of(error) };

    private static SyncResult Cancelled(Operation operation, ProgressReporter reporter) =>
        Failure(operation, reporter.Final(succeeded: false), "Cancelled.") with { Status = OperationStatus.Cancelled };

    private static SyncInProgressException InProgress(AccountId accountId, string? operationId) =>
        new($"Account {accountId} is being synchronized already; wait for that run or watch it.") { OperationId = operationId };

    private sealed class ChannelProgress(ChannelWriter<SyncProgress> writer) : IProgress<SyncProgress>
    {
        public void Report(SyncProgress value) => writer.TryWrite(value);
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.SyncStarted, LogLevel.Information, "Full sync {OperationId} of account {AccountId} started")]
        public static partial void SyncStarted(ILogger logger, string operationId, AccountId accountId);

        [LoggerMessage(EventIds.RunInterrupted, LogLevel.Warning, "A run of account {AccountId} had lost its process; it is closed as failed")]
        public static partial void RunInterrupted(ILogger logger, AccountId accountId);

        [LoggerMessage(EventIds.StoreFailed, LogLevel.Error, "The store failed during full sync {OperationId} of account {AccountId}")]
        public static partial void StoreFailed(ILogger logger, string operationId, AccountId accountId, Exception exception);
    }
}
