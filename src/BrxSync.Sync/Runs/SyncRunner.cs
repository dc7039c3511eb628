using BrxSync.Client.Errors;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Accounts;
using BrxSync.Sync.Diagnostics;
using BrxSync.Sync.Snapshots;
using BrxSync.Sync.Stock.Guard;
using BrxSync.Sync.Time;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BrxSync.Sync.Runs;

/// <summary>
/// Runs whatever reads an account's whole stock: takes the run lock, keeps the operation's record, and says how it ended. One run per
/// account at a time, over all processes.
/// </summary>
internal sealed partial class SyncRunner(
    SyncStores stores,
    AccountAccess accounts,
    IOptions<FullSyncOptions> options,
    MarketplaceTime clock,
    SyncMetrics metrics,
    ILogger<SyncRunner> logger)
{
    private static readonly TimeSpan TakeoverPoll = TimeSpan.FromMilliseconds(100);

    private readonly FullSyncOptions _options = options.Value;
    private readonly TimeProvider _time = clock.Local;

    /// <summary>Runs it to its end; <see cref="IFullSync.RunAsync"/> tells what it throws.</summary>
    public async Task<SyncResult> RunAsync(RunRequest request, IProgress<SyncProgress>? progress, CancellationToken cancellationToken)
    {
        await accounts.GetActiveAsync(request.AccountId, cancellationToken).ConfigureAwait(false);
        using var run = accounts.Enter(request.AccountId, cancellationToken);
        var session = await OpenAsync(request.AccountId, run.Token).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            // Read again: a run that was waited for may have learned the currency, or the account may have a new token or none.
            var account = await accounts.GetActiveAsync(request.AccountId, run.Token).ConfigureAwait(false);
            var operation = await StartAsync(account, request, run.Token).ConfigureAwait(false);
            return await ExecuteAsync(account, request, operation, session, progress, run).ConfigureAwait(false);
        }
    }

    /// <summary>Opens the account's session; waits for one that shows no sign of life, since its process may just have died.</summary>
    private async Task<ISnapshotSession> OpenAsync(AccountId accountId, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        Operation? firstSeen = null;
        while (true)
        {
            if (await stores.Snapshots.TryOpenAsync(accountId, cancellationToken).ConfigureAwait(false) is { } session)
            {
                return session;
            }

            var recent = await stores.Operations.ListAsync(accountId, 10, cancellationToken).ConfigureAwait(false);
            var running = recent.FirstOrDefault(
                operation => operation is { Status: OperationStatus.Running, Kind: not OperationKinds.BulkEdit });
            firstSeen ??= running;
            if (running?.HeartbeatAt != firstSeen?.HeartbeatAt || _time.GetElapsedTime(started) >= _options.TakeoverPatience)
            {
                throw InProgress(accountId, running?.Id);
            }

            await Task.Delay(TakeoverPoll, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<Operation> StartAsync(AccountRecord account, RunRequest request, CancellationToken cancellationToken)
    {
        // Whoever holds the run lock knows that a run still marked as running has lost its process.
        var interrupted = 0;
        foreach (var kind in (string[])[OperationKinds.FullSync, OperationKinds.DryRun, OperationKinds.Reconcile])
        {
            interrupted += await stores.Operations.CloseInterruptedAsync(
                account.Id, kind, "The process that ran it ended before it was done.", cancellationToken).ConfigureAwait(false);
        }

        if (interrupted > 0)
        {
            Log.RunInterrupted(logger, account.Id);
        }

        // From here on the operation exists and must be ended, so a cancellation is met before or inside the run.
        cancellationToken.ThrowIfCancellationRequested();
        var operation = await stores.Operations.TryStartAsync(
            account.Id, request.Kind, CancellationToken.None).ConfigureAwait(false)
            ?? throw InProgress(account.Id, null);
        Log.SyncStarted(logger, operation.Id, request.Kind, account.Id);
        return operation;
    }

    private async Task<SyncResult> ExecuteAsync(
        AccountRecord account,
        RunRequest request,
        Operation operation,
        ISnapshotSession session,
        IProgress<SyncProgress>? progress,
        LiveRun live)
    {
        var cancellationToken = live.Token;
        using var scope = Log.OperationScope(logger, operation.Id, account.Id);
        using var activity = SyncDiagnostics.ActivitySource.StartActivity(request.Reconciles ? "brx.sync.reconcile" : "brx.sync.full");
        var counters = new SyncCounters();
        var recorder = new RunRecorder(stores, account, session.Epoch, request, metrics, _time, logger);
        var reporter = new ProgressReporter(operation.Id, counters, stores.Operations, progress, _time, logger)
        {
            Account = account.Id, Ended = live.Cancel, LeastPercent = operation.Progress?.Percent ?? 0,
        };
        await using (reporter.ConfigureAwait(false))
        {
            counters.Changed = reporter.Publish;
            reporter.Start();
            SyncResult result;
            RunFailedException? failure = null;
            try
            {
                await recorder.BeginAsync(cancellationToken).ConfigureAwait(false);
                var run = new SnapshotRun(session, counters, new CatalogFilter(stores.Catalog), clock, stores.Notifier);
                var verdict = await run.ExecuteAsync(Instruct(account, request, operation), cancellationToken).ConfigureAwait(false);
                failure = RunFaults.Find(operation, verdict);
                result = Result(operation, reporter.Final(verdict.MayRemove), verdict, run.Describe(verdict));
            }
            catch (CardTraderAuthenticationException exception)
            {
                var stray = await accounts.StopUnlessStrayAsync(account, exception, cancellationToken).ConfigureAwait(false);
                failure = stray is null ? null : RunFaults.Of(operation, stray, stray.Message);
                result = Failure(operation, reporter.Final(succeeded: false), stray?.Message ?? AccountAccess.TokenRefused);
            }
            catch (Exception exception) when (exception is CardTraderException or SecretUnreadableException
                or CatalogUnavailableException)
            {
                failure = RunFaults.Of(operation, exception, exception.Message);
                result = Failure(operation, reporter.Final(succeeded: false), exception.Message);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                await recorder.EndAsync(operation, Cancelled(operation, reporter), activity).ConfigureAwait(false);
                throw;
            }
            catch (SyncFencedException exception)
            {
                // Asked before our own record says the same of every fence.
                var wasCancelled = await recorder.WasCancelledAsync(operation).ConfigureAwait(false);
                await recorder.EndAsync(operation, Cancelled(operation, reporter), activity).ConfigureAwait(false);
                if (wasCancelled)
                {
                    throw new OperationCanceledException("The run was cancelled with its account's connection.", exception);
                }

                throw;
            }
            catch (Exception exception)
            {
                Log.StoreFailed(logger, operation.Id, account.Id, exception);
                if (!await recorder.WasCommittedAsync(operation).ConfigureAwait(false))
                {
                    failure = RunFaults.Of(operation, exception, SafeText.Of(stores.Faults.Describe(exception)));
                    if (!request.IsJob || !failure.IsTransient)
                    {
                        var ended = Failure(operation, reporter.Final(succeeded: false), failure.Message);
                        await recorder.EndAsync(operation, ended, activity).ConfigureAwait(false);
                    }

                    if (request.IsJob)
                    {
                        throw failure;
                    }

                    throw;
                }

                // Only the answer to the commit was lost.
                result = new SyncResult
                {
                    OperationId = operation.Id, Status = OperationStatus.Completed, Progress = reporter.Final(succeeded: true),
                };
            }

            if (request.IsJob && failure is { IsTransient: true })
            {
                throw failure;
            }

            await recorder.EndAsync(operation, result, activity).ConfigureAwait(false);
            reporter.PublishFinal(result.Progress);
            return request.IsJob && failure is not null ? throw failure : result;
        }
    }

    private SnapshotInstructions Instruct(AccountRecord account, RunRequest request, Operation operation) => new()
    {
        Account = account,
        Remote = accounts.Open(account),
        OperationId = operation.Id,
        Identity = $"{account.CardTraderUserId}/{accounts.Fingerprint(account)}",
        Options = _options,
        Mode = request.Mode ?? _options.Mode,
        DryRun = request.DryRun,
        Reconciles = request.Reconciles,
        AcceptFall = request.AcceptFall,
        DriftSamples = request.DriftSamples,
    };

    private static SyncResult Result(
        Operation operation, SyncProgress progress, SnapshotVerdict verdict, IReadOnlyList<string> reasons) => new()
    {
        OperationId = operation.Id,
        Status = verdict.Outcome switch
        {
            SnapshotOutcome.Applied => OperationStatus.Completed,
            SnapshotOutcome.Withheld => OperationStatus.Withheld,
            _ => OperationStatus.Failed,
        },
        Progress = progress,
        Reasons = reasons,
        Error = verdict.Outcome == SnapshotOutcome.Applied ? null : SafeText.Of(verdict.Describe()),
    };

    private static SyncResult Failure(Operation operation, SyncProgress progress, string error) =>
        new() { OperationId = operation.Id, Status = OperationStatus.Failed, Progress = progress, Error = SafeText.Of(error) };

    private static SyncResult Cancelled(Operation operation, ProgressReporter reporter) =>
        Failure(operation, reporter.Final(succeeded: false), "Cancelled.") with { Status = OperationStatus.Cancelled };

    private static SyncInProgressException InProgress(AccountId accountId, string? operationId) =>
        new($"Account {accountId} is being synchronized already; wait for that run or watch it.") { OperationId = operationId };

    private static partial class Log
    {
        public static readonly Func<ILogger, string, AccountId, IDisposable?> OperationScope =
            LoggerMessage.DefineScope<string, AccountId>("Operation {OperationId} of account {AccountId}");

        [LoggerMessage(EventIds.SyncStarted, LogLevel.Information, "Sync {OperationId} ({Kind}) of account {AccountId} started")]
        public static partial void SyncStarted(ILogger logger, string operationId, string kind, AccountId accountId);

        [LoggerMessage(
            EventIds.RunInterrupted, LogLevel.Warning, "A run of account {AccountId} had lost its process; it is closed as failed")]
        public static partial void RunInterrupted(ILogger logger, AccountId accountId);

        [LoggerMessage(EventIds.StoreFailed, LogLevel.Error, "The store failed during sync {OperationId} of account {AccountId}")]
        public static partial void StoreFailed(ILogger logger, string operationId, AccountId accountId, Exception exception);
    }
}
