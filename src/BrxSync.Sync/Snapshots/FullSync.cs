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
    /// <exception cref="SyncInProgressException">Another run of the account is alive, here or in another process.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled; its operation says so.</exception>
    public async Task<SyncResult> RunAsync(
        SyncRequest request, IProgress<SyncProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var account = await _accounts.GetConnectedAsync(request.AccountId, cancellationToken).ConfigureAwait(false);
        var session = await OpenAsync(account.Id, cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            var operation = await StartAsync(account, request, cancellationToken).ConfigureAwait(false);
            return await ExecuteAsync(account, request, operation, session, progress, cancellationToken).ConfigureAwait(false);
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
        foreach (var kind in (string[])[OperationKinds.FullSync, OperationKinds.DryRun])
        {
            var interrupted = await _stores.Operations.FailInterruptedAsync(
                account.Id, kind, "The process that ran it ended before it was done.", cancellationToken).ConfigureAwait(false);
            if (interrupted > 0)
            {
                Log.RunInterrupted(_logger, account.Id);
            }
        }

        var operation = await _stores.Operations.TryStartAsync(
            account.Id, request.DryRun ? OperationKinds.DryRun : OperationKinds.FullSync, cancellationToken).ConfigureAwait(false)
            ?? throw InProgress(account.Id, null);
        if (!request.DryRun)
        {
            await _stores.Accounts.SetStatusAsync(account.Id, AccountStatus.InitialSync, account.LastError, null, cancellationToken).ConfigureAwait(false);
        }

        Log.SyncStarted(_logger, operation.Id, account.Id);
        return operation;
    }

    private async Task<SyncResult> ExecuteAsync(
        Account account, SyncRequest request, Operation operation, ISnapshotSession session, IProgress<SyncProgress>? progress, CancellationToken cancellationToken)
    {
        using var activity = SyncDiagnostics.ActivitySource.StartActivity("brx.sync.full");
        var counters = new SyncCounters();
        var reporter = new ProgressReporter(operation, counters, _stores.Operations, progress, _time, _logger);
        await using (reporter.ConfigureAwait(false))
        {
            SyncResult result;
            try
            {
                var remote = _accounts.Open(account);
                var run = new SnapshotRun(session, _stores.Snapshots, reporter, counters, _time);
                try
                {
                    var verdict = await run.ExecuteAsync(account, remote, request, operation.Id, _options.BatchSize, cancellationToken).ConfigureAwait(false);
                    result = Result(operation, reporter.Publish(), verdict);
                }
                finally
                {
                    await session.AbandonAsync().ConfigureAwait(false);
                }
            }
            catch (CardTraderException exception)
            {
                result = Failure(operation, reporter.Current(), exception.Message);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                Log.SyncCancelled(_logger, operation.Id, account.Id);
                await EndAsync(account, request, Failure(operation, reporter.Current(), "Cancelled.") with { Status = OperationStatus.Cancelled }).ConfigureAwait(false);
                throw;
            }
            catch (Exception exception)
            {
                Log.SyncFailed(_logger, operation.Id, account.Id, exception.Message, exception);
                await EndAsync(account, request, Failure(operation, reporter.Current(), $"The store failed: {exception.GetType().Name}.")).ConfigureAwait(false);
                throw;
            }

            LogResult(account, result);
            SyncDiagnostics.Count(operation.Kind, result);
            await EndAsync(account, request, result).ConfigureAwait(false);
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
        Error = verdict.Outcome == SnapshotOutcome.Applied ? null : verdict.Describe(),
    };

    private static SyncResult Failure(Operation operation, SyncProgress progress, string error) =>
        new() { OperationId = operation.Id, Status = OperationStatus.Failed, Progress = progress, Error = error };

    /// <summary>Records the end. It must be stored even when the run was cancelled, so no token of the run is used.</summary>
    private async Task EndAsync(Account account, SyncRequest request, SyncResult result)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), _time);
        try
        {
            await _stores.Operations.CompleteAsync(
                result.OperationId, result.Status, result.Progress, result.Reasons, result.Error, limit.Token).ConfigureAwait(false);
            if (!request.DryRun)
            {
                var (status, error, at) = result.Status switch
                {
                    OperationStatus.Completed => (AccountStatus.Active, null, _time.GetUtcNow()),
                    OperationStatus.Cancelled => (account.LastSyncAt is null ? AccountStatus.Idle : AccountStatus.Active, account.LastError, (DateTimeOffset?)null),
                    _ => (AccountStatus.Error, result.Error, null),
                };
                await _stores.Accounts.SetStatusAsync(account.Id, status, error, at, limit.Token).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (result.Status is not OperationStatus.Completed)
        {
            // The next run of the account closes what is left open; the first failure is the one to report.
            Log.OutcomeNotStored(_logger, result.OperationId, exception);
        }
    }

    private static SyncInProgressException InProgress(AccountId accountId, string? operationId) =>
        new($"Account {accountId} is being synchronized already; wait for that run or watch it.") { OperationId = operationId };

    private void LogResult(Account account, SyncResult result)
    {
        var progress = result.Progress;
        switch (result.Status)
        {
            case OperationStatus.Completed:
                Log.SyncCompleted(_logger, result.OperationId, account.Id, progress.Created, progress.Updated, progress.Unchanged, progress.Removed, progress.Elapsed);
                break;
            case OperationStatus.Withheld:
                Log.SyncWithheld(_logger, result.OperationId, account.Id, result.Error ?? string.Empty);
                break;
            default:
                Log.SyncFailed(_logger, result.OperationId, account.Id, result.Error ?? string.Empty, null);
                break;
        }
    }

    private sealed class ChannelProgress(ChannelWriter<SyncProgress> writer) : IProgress<SyncProgress>
    {
        public void Report(SyncProgress value) => writer.TryWrite(value);
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.SyncStarted, LogLevel.Information, "Full sync {OperationId} of account {AccountId} started")]
        public static partial void SyncStarted(ILogger logger, string operationId, AccountId accountId);

        [LoggerMessage(EventIds.SyncCompleted, LogLevel.Information,
            "Full sync {OperationId} of account {AccountId} completed: {Created} created, {Updated} updated, {Unchanged} unchanged, {Removed} removed in {Elapsed}")]
        public static partial void SyncCompleted(
            ILogger logger, string operationId, AccountId accountId, long created, long updated, long unchanged, long removed, TimeSpan elapsed);

        [LoggerMessage(EventIds.SyncWithheld, LogLevel.Warning, "Full sync {OperationId} of account {AccountId} removed nothing: {Reason}")]
        public static partial void SyncWithheld(ILogger logger, string operationId, AccountId accountId, string reason);

        [LoggerMessage(EventIds.SyncFailed, LogLevel.Error, "Full sync {OperationId} of account {AccountId} failed: {Reason}")]
        public static partial void SyncFailed(ILogger logger, string operationId, AccountId accountId, string reason, Exception? exception);

        [LoggerMessage(EventIds.SyncCancelled, LogLevel.Information, "Full sync {OperationId} of account {AccountId} was cancelled; nothing was applied")]
        public static partial void SyncCancelled(ILogger logger, string operationId, AccountId accountId);

        [LoggerMessage(EventIds.RunInterrupted, LogLevel.Warning, "A run of account {AccountId} had lost its process; it is closed as failed")]
        public static partial void RunInterrupted(ILogger logger, AccountId accountId);

        [LoggerMessage(EventIds.OutcomeNotStored, LogLevel.Error, "The outcome of operation {OperationId} could not be stored; the next run closes it")]
        public static partial void OutcomeNotStored(ILogger logger, string operationId, Exception exception);
    }
}
