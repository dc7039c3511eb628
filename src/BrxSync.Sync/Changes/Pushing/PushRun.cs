using System.Net;
using BrxSync.Client;
using BrxSync.Client.Errors;
using BrxSync.Client.Jobs;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Stock.Changes;

namespace BrxSync.Sync.Changes.Pushing;

/// <summary>
/// One push of one account: what another run left is taken up, changes of quantities go out one by one, all others in batches whose jobs
/// are followed. What is sent is stored as sent before; whatever happens then, it is settled by an answer or in doubt.
/// </summary>
internal sealed class PushRun
{
    private const int Page = 1_000;

    private readonly AccountRecord _account;
    private readonly ICardTraderAccount _reading;
    private readonly ICardTraderAccount _sending;
    private readonly PushTurn _turn;
    private readonly IChangeStore _store;
    private readonly PushSteps _steps;
    private readonly PushSettings _settings;
    private readonly long _started;
    private readonly List<JobAtWork> _jobs = [];
    private readonly Lock _counting = new();
    private long _adjusted;
    private PushResult _result = new();

    public PushRun(
        AccountRecord account, ICardTraderAccount remote, PushTurn turn, IChangeStore store, PushSteps steps, PushSettings settings)
    {
        // What only reads may be asked at any time, also for longer than the turn: what it tells is used in a turn that was renewed.
        (_account, _reading, _sending) = (account, remote, remote.WithSendCondition(() => turn.MaySend));
        (_turn, _store, _steps, _settings) = (turn, store, steps, settings);
        _started = settings.Time.GetTimestamp();
    }

    private ChangesOptions Options => _settings.Options;

    private TimeSpan Elapsed => _settings.Time.GetElapsedTime(_started);

    public async Task<PushResult> RunAsync(CancellationToken cancellationToken)
    {
        await TakeUpAsync(cancellationToken).ConfigureAwait(false);
        await DivideAsync(cancellationToken).ConfigureAwait(false);
        var waiting = new WaitingChanges(_store, _account.Id, _settings.Time);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var isMore = Options.WritesEnabled
                && (await AdjustAsync(cancellationToken).ConfigureAwait(false)
                    || (_jobs.Count < Options.MaxJobsAtWork && await SubmitAsync(waiting, cancellationToken).ConfigureAwait(false)));
            if (!isMore && _jobs.Count == 0)
            {
                return _result;
            }

            if (!isMore)
            {
                await PollAsync(_jobs.MinBy(job => job.NextPoll)!, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>
    /// What is stored as sent was sent by a process that is gone: its jobs are asked for, all else is in doubt. A purchase is left to its
    /// process for as long as that may be at it.
    /// </summary>
    private async Task TakeUpAsync(CancellationToken cancellationToken)
    {
        var now = _settings.Time.GetUtcNow();
        await ReleaseAsync(now, cancellationToken).ConfigureAwait(false);
        var after = 0L;
        while (await _store.ListOpenAsync(_account.Id, ChangeState.Sent, null, after, Page, cancellationToken).ConfigureAwait(false)
            is { Count: > 0 } rows)
        {
            after = rows[^1].Change.Sequence;
            foreach (var changes in rows.Where(row => !row.Change.IsReservation || row.Attempt.IsDue(now))
                .GroupBy(row => row.Attempt.JobId, StringComparer.Ordinal))
            {
                if (changes.Key is { } job)
                {
                    Follow(new JobId(job), [.. changes.Select(row => (row.Change, row.Attempt))]);
                }
                else
                {
                    var lost = ChangeVerdict.Lost("The process that sent it ended before it had an answer.");
                    await SettleAsync([.. changes.Select(row => (row.Change, row.Attempt, lost))]).ConfigureAwait(false);
                }
            }
        }
    }

    /// <summary>Gives back what purchases had reserved whose processes are gone. Nothing was sent for them.</summary>
    private async Task ReleaseAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var after = 0L;
        while (await _store.ListOpenAsync(_account.Id, ChangeState.Reserved, null, after, Page, cancellationToken).ConfigureAwait(false)
            is { Count: > 0 } rows)
        {
            after = rows[^1].Change.Sequence;
            foreach (var row in rows.Where(row => row.Attempt.IsDue(now)))
            {
                await _steps.ReleaseAsync(_account, row.Change, row.Attempt with
                {
                    NotBefore = null,
                    ErrorCode = PurchaseCodes.Expired,
                    Error = "The process that made the purchase ended before it was sent.",
                }).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Makes the changes that safety stocks ask for. Whether they may be sent is another question.</summary>
    private async Task DivideAsync(CancellationToken cancellationToken)
    {
        var after = 0L;
        while (await _store.ListDueHoldsAsync(_account.Id, after, Page, cancellationToken).ConfigureAwait(false) is { Count: > 0 } items)
        {
            after = items[^1];
            await _turn.KeepAsync(cancellationToken).ConfigureAwait(false);
            await _steps.DivideAsync(_account, items, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Copies that are sold elsewhere must not be sold there: such changes never wait behind others.</summary>
    private async Task<bool> AdjustAsync(CancellationToken cancellationToken)
    {
        var rows = await _store.ListOpenAsync(_account.Id, ChangeState.Waiting, ChangeKind.Adjust, _adjusted, Page, cancellationToken)
            .ConfigureAwait(false);
        if (rows.Count == 0)
        {
            return false;
        }

        _adjusted = rows[^1].Change.Sequence;
        var now = _settings.Time.GetUtcNow();
        await Parallel.ForEachAsync(
            rows.GroupBy(row => row.Change.Product).Where(product => product.All(row => row.Attempt.IsDue(now))),
            new ParallelOptions { MaxDegreeOfParallelism = Options.ConcurrentCalls, CancellationToken = cancellationToken },
            async (product, token) => await AdjustAsync([.. product], token).ConfigureAwait(false)).ConfigureAwait(false);
        return true;
    }

    private async Task AdjustAsync(IReadOnlyCollection<ChangeRow> rows, CancellationToken cancellationToken)
    {
        await _turn.KeepAsync(cancellationToken).ConfigureAwait(false);
        var claimed = await _steps.ClaimAsync(
            _account, _turn, ChangeKind.Adjust, rows, PropertyPlans.None, [], "increment", cancellationToken).ConfigureAwait(false);
        if (claimed.Count == 0)
        {
            return;
        }

        // Not to be interrupted: whether it went out could not be told.
        var change = claimed[0].Change;
        await CallAsync(
            claimed,
            async () =>
            {
                var answer = await _sending.Inventory.IncrementAsync(change.Product, change.Delta, CancellationToken.None)
                    .ConfigureAwait(false);
                await SettleAsync([(change, claimed[0].Attempt, ChangeVerdict.Done(null, answer.Warnings))]).ConfigureAwait(false);
            }).ConfigureAwait(false);
    }

    private async Task<bool> SubmitAsync(WaitingChanges waiting, CancellationToken cancellationToken)
    {
        var (kind, rows) = await waiting.TakeAsync(Options.BatchSize, cancellationToken).ConfigureAwait(false);
        if (rows.Count == 0)
        {
            return false;
        }

        (rows, var plans) = await PlanAsync(rows, cancellationToken).ConfigureAwait(false);
        await _turn.KeepAsync(cancellationToken).ConfigureAwait(false);
        var claimed = await ClaimAsync(kind, rows, plans, cancellationToken).ConfigureAwait(false);
        if (claimed.Count > 0)
        {
            await CallAsync(
                claimed,
                async () =>
                {
                    var receipt = await HandInAsync(kind, claimed, cancellationToken).ConfigureAwait(false);
                    await _steps.NoteJobAsync(_account, _turn, claimed, receipt.Id).ConfigureAwait(false);
                    Follow(receipt.Id, [.. claimed.Select((change, index) => (change.Change, change.Attempt with { JobIndex = index }))]);
                }).ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>Plans the properties that are to be sent. What may be known better later waits.</summary>
    private async Task<(IReadOnlyList<ChangeRow> Rows, PropertyPlans Plans)> PlanAsync(
        IReadOnlyList<ChangeRow> rows, CancellationToken cancellationToken)
    {
        var needed = rows.Where(PropertyPlans.AreNeeded).Select(row => row.Change.Product).ToHashSet();
        if (needed.Count == 0)
        {
            return (rows, PropertyPlans.None);
        }

        var details = await _steps.DetailsAsync(_account, needed, cancellationToken).ConfigureAwait(false);
        var plans = await PropertyPlans.MakeAsync(
            _settings.Properties, _reading, details, [.. rows.Where(row => needed.Contains(row.Change.Product))], cancellationToken)
                .ConfigureAwait(false);
        var later = rows.Where(row => plans.MustWait(row.Change.Product) && row.Attempt.Attempts + 1 < Options.Attempts).ToArray();
        if (later.Length > 0)
        {
            const string Reason = "What its blueprint allows could not be read; it is tried again.";
            await _steps.PostponeAsync(_account, later, Reason, cancellationToken).ConfigureAwait(false);
        }

        return ([.. rows.Except(later)], plans);
    }

    /// <summary>A change of which nothing is left to send is refused here.</summary>
    private async Task<IReadOnlyList<ClaimedChange>> ClaimAsync(
        ChangeKind kind, IReadOnlyList<ChangeRow> rows, PropertyPlans plans, CancellationToken cancellationToken)
    {
        var atWork = kind == ChangeKind.Create ? await ListingsAtWorkAsync(cancellationToken).ConfigureAwait(false) : [];
        var claimed = await _steps.ClaimAsync(_account, _turn, kind, rows, plans, atWork, CallOf(kind), cancellationToken)
            .ConfigureAwait(false);
        var empty = claimed.Where(change => change.IsEmpty).ToArray();
        if (empty.Length > 0)
        {
            var nothing = new ChangeVerdict(SendOutcome.Rejected)
            {
                Code = "properties_not_allowed", Error = "None of the properties may be set for a product of this blueprint.",
            };
            await SettleAsync([.. empty.Select(change => (change.Change, change.Attempt, nothing))]).ConfigureAwait(false);
        }

        return [.. claimed.Where(change => !change.IsEmpty)];
    }

    private async Task<IReadOnlyCollection<ProductId>> ListingsAtWorkAsync(CancellationToken cancellationToken)
    {
        var products = new List<ProductId>();
        foreach (var state in (ChangeState[])[ChangeState.Sent, ChangeState.InDoubt])
        {
            var after = 0L;
            while (await _store.ListOpenAsync(_account.Id, state, ChangeKind.Create, after, Page, cancellationToken).ConfigureAwait(false)
                is { Count: > 0 } rows)
            {
                after = rows[^1].Change.Sequence;
                products.AddRange(rows.Select(row => row.Change.Product));
            }
        }

        return products;
    }

    private Task<JobReceipt> HandInAsync(ChangeKind kind, IReadOnlyList<ClaimedChange> claimed, CancellationToken cancellationToken) =>
        kind switch
        {
            ChangeKind.Create => _sending.Inventory.SubmitCreatesAsync(
                [.. claimed.Select(change => change.ToNewProduct())], CancellationToken.None),
            ChangeKind.Delete => _sending.Inventory.SubmitDeletesAsync(
                [.. claimed.Select(change => change.Change.Product)], cancellationToken),
            _ => _sending.Inventory.SubmitUpdatesAsync([.. claimed.Select(change => change.ToProductChange())], cancellationToken),
        };

    /// <summary>Makes a call that carries claimed changes. Whatever becomes of it, they do not stay as sent.</summary>
    private async Task CallAsync(IReadOnlyList<ClaimedChange> claimed, Func<Task> call)
    {
        Count(result => result with { Calls = result.Calls + 1, Sent = result.Sent + claimed.Count });
        try
        {
            await call().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is CardTraderException or OperationCanceledException)
        {
            var verdict = ChangeVerdict.Of(exception, claimed.Count);
            await SettleAsync([.. claimed.Select(change => (change.Change, change.Attempt, verdict))]).ConfigureAwait(false);
            if (verdict.BarsAccount || exception is OperationCanceledException)
            {
                throw;
            }
        }
    }

    private void Follow(JobId job, IReadOnlyList<(LocalChange, ChangeAttempt)> changes) =>
        _jobs.Add(new JobAtWork(job, changes, Elapsed, Elapsed + Options.JobPollInterval));

    private async Task PollAsync(JobAtWork job, CancellationToken cancellationToken)
    {
        if (job.NextPoll - Elapsed is { Ticks: > 0 } wait)
        {
            await Task.Delay(wait, _settings.Time, cancellationToken).ConfigureAwait(false);
        }

        await _turn.KeepAsync(cancellationToken).ConfigureAwait(false);
        Count(result => result with { Calls = result.Calls + 1 });
        var ended = await FindEndedAsync(job, cancellationToken).ConfigureAwait(false);
        _jobs.Remove(job);
        if (ended is null)
        {
            _jobs.Add(job with { NextPoll = Elapsed + Options.JobPollInterval });
            return;
        }

        var verdicts = new JobVerdicts(ended, job.Changes.Max(change => change.Attempt.JobIndex ?? 0) + 1);
        await SettleAsync([.. job.Changes.Select(change =>
            (change.Change, change.Attempt, verdicts.Of(change.Attempt.JobIndex ?? 0)))]).ConfigureAwait(false);
    }

    /// <summary>Asks how far a job is: null while it is at work. One that nobody can tell of any more is unknown.</summary>
    private async Task<Job?> FindEndedAsync(JobAtWork asked, CancellationToken cancellationToken)
    {
        Job? job = null;
        try
        {
            job = await _reading.Jobs.GetAsync(asked.Id, cancellationToken).ConfigureAwait(false);
        }
        catch (CardTraderException exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            return new Job { Id = asked.Id, State = JobState.Unknown };
        }
        catch (CardTraderException exception) when (exception is not CardTraderAuthenticationException)
        {
            // It goes on without us; it is asked for again until its time is over.
        }

        return job?.State.IsFinal == true ? job
            : Elapsed - asked.Since > Options.JobTimeout ? new Job { Id = asked.Id, State = JobState.Unknown }
            : null;
    }

    private async Task SettleAsync(IReadOnlyList<(LocalChange, ChangeAttempt, ChangeVerdict)> verdicts)
    {
        var (done, failed) = await _steps.SettleAsync(_account, _turn, verdicts).ConfigureAwait(false);
        Count(result => result with { Done = result.Done + done, Failed = result.Failed + failed });
    }

    private void Count(Func<PushResult, PushResult> add)
    {
        lock (_counting)
        {
            _result = add(_result);
        }
    }

    private static string CallOf(ChangeKind kind) => kind switch
    {
        ChangeKind.Create => "bulk_create",
        ChangeKind.Delete => "bulk_destroy",
        _ => "bulk_update",
    };
}
