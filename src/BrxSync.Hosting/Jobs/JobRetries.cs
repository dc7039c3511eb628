using System.Data.Common;
using BrxSync.Client.Errors;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.DeadLetters;
using BrxSync.Sync.Retries;
using BrxSync.Sync.Runs;
using Microsoft.Extensions.Options;

namespace BrxSync.Hosting.Jobs;

/// <summary>
/// Decides what comes after a failure: another attempt after a wait, or a dead letter. How often a job was tried is in the store, so that
/// it survives processes, and a person sees when an operation is tried again; the scheduler only wakes it.
/// </summary>
internal sealed class JobRetries(
    IJobRetryStore store, JobLetters letters, JobQueue queue, IOptions<JobsOptions> options, TimeProvider time, JobLog log)
{
    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(1);

    /// <summary>How long at most until it is looked again whether another run of the account has ended.</summary>
    private static readonly TimeSpan TurnPatience = TimeSpan.FromSeconds(10);

    /// <summary>Adds what the store knows of former failures. A store that is away says nothing: the job itself will find out.</summary>
    public async Task<JobAttempt> LookUpAsync(JobAttempt attempt, CancellationToken cancellationToken)
    {
        try
        {
            return attempt with { Former = await store.FindAsync(attempt.Account, attempt.Kind, cancellationToken).ConfigureAwait(false) };
        }
        catch (DbException)
        {
            return attempt with { IsKnown = false };
        }
    }

    /// <summary>
    /// Tells whether it is too early, and sees to it that the job comes again in time. A trigger that repeats comes when its time has
    /// passed by the monotonic clock; a full sync that a person asks for waits for nothing.
    /// </summary>
    public async Task<bool> PostponeAsync(JobAttempt attempt, CancellationToken cancellationToken)
    {
        if (attempt is not { Repetition: null, Former: { } former }
            || attempt is { IsAsked: true, Kind: WorkKind.Sync }
            || former is { IsGivenUp: true, OperationId: not null })
        {
            return false;
        }

        // A time that lies further ahead than the longest wait was stored before the clock was set back.
        var wait = former.NotBefore - time.GetUtcNow();
        if (wait <= TimeSpan.Zero || wait > options.Value.RetryMaxDelay + ClockDifference)
        {
            return false;
        }

        await queue.RepeatAsync(
            attempt.Account, attempt.Kind, new Repetition(former.Attempts, IsStored: true), wait, attempt.TraceParent, cancellationToken)
                .ConfigureAwait(false);
        return true;
    }

    /// <summary>Notes that nothing is to be tried again: the job succeeded, or no calls may be made for its account.</summary>
    public async Task EndedAsync(JobAttempt attempt, bool succeeded, CancellationToken cancellationToken)
    {
        if (attempt.Former is not { } former || (former.IsGivenUp && !succeeded))
        {
            return;
        }

        try
        {
            await (former.IsGivenUp
                ? letters.TakeBackAsync(former, cancellationToken)
                : store.RemoveAsync(attempt.Account, attempt.Kind, cancellationToken)).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is DbException or AccountUnknownException)
        {
            // It is tried again, and has nothing to do then.
            log.NotRecorded(JobKinds.NameOf(attempt.Kind), attempt.Account, exception);
        }
    }

    /// <summary>Decides what comes after a failure.</summary>
    /// <returns>How the run is counted.</returns>
    public async Task<string> FailedAsync(JobAttempt attempt, Exception failure, CancellationToken cancellationToken)
    {
        var cause = failure is RunFailedException { InnerException: { } inner } ? inner : failure;
        if (cause is SyncInProgressException)
        {
            // Nothing failed: somebody else reads the stock, and the turn comes.
            var pause = Backoff.Full(1, TurnPatience, options.Value.RetryMaxDelay, Random.Shared);
            await RepeatAsync(attempt, attempt.Former?.Attempts ?? 0, attempt.Former is not null, pause, failure, cancellationToken)
                .ConfigureAwait(false);
            return JobOutcome.Retried;
        }

        if (cause is CardTraderAuthenticationException)
        {
            // The account is stopped, and says so itself.
            log.Failed(JobKinds.NameOf(attempt.Kind), attempt.Account, failure);
            return JobOutcome.Failed;
        }

        var retry = Next(attempt, (failure as RunFailedException)?.OperationId);
        return Transient.Is(failure) && !IsGivenUpStill(attempt.Former, retry) && retry.Attempts < options.Value.RetryAttempts
            ? await RetryAsync(attempt, retry, failure, cancellationToken).ConfigureAwait(false)
            : await GiveUpAsync(attempt, retry, failure, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Work that was given up and is not done yet: it failed once more, which begins nothing anew.</summary>
    private static bool IsGivenUpStill(JobRetry? former, JobRetry retry) =>
        former is { IsGivenUp: true, OperationId: null } && retry.OperationId is null;

    private JobRetry Next(JobAttempt attempt, string? operation)
    {
        var former = attempt.Former is { IsGivenUp: false } known
            && (operation is null || known.OperationId is null || known.OperationId == operation)
                ? known
                : null;
        var counted = attempt.Repetition is { IsStored: false } unstored ? unstored.Attempts : 0;
        var now = time.GetUtcNow();
        return new JobRetry
        {
            AccountId = attempt.Account,
            Kind = attempt.Kind,
            OperationId = operation ?? former?.OperationId,
            Attempts = Math.Max(former?.Attempts ?? 0, counted) + 1,
            FirstFailedAt = former?.FirstFailedAt ?? now,
            NotBefore = now,
        };
    }

    private async Task<string> RetryAsync(JobAttempt attempt, JobRetry retry, Exception failure, CancellationToken cancellationToken)
    {
        var wait = Backoff.Full(retry.Attempts, options.Value.RetryDelay, options.Value.RetryMaxDelay, Random.Shared);
        var isStored = true;
        try
        {
            if (!await store.SaveAsync(retry with { NotBefore = retry.NotBefore + wait }, log.Reason(failure), cancellationToken)
                .ConfigureAwait(false))
            {
                return JobOutcome.Cancelled;
            }
        }
        catch (DbException)
        {
            isStored = false;
        }

        await RepeatAsync(attempt, retry.Attempts, isStored, wait, failure, cancellationToken).ConfigureAwait(false);
        return JobOutcome.Retried;
    }

    private async Task RepeatAsync(
        JobAttempt attempt, int attempts, bool isStored, TimeSpan wait, Exception failure, CancellationToken cancellationToken)
    {
        log.Retried(JobKinds.NameOf(attempt.Kind), attempt.Account, attempts, failure);
        await queue.RepeatAsync(
            attempt.Account, attempt.Kind, new Repetition(attempts, isStored), wait, attempt.TraceParent, cancellationToken)
                .ConfigureAwait(false);
    }

    private async Task<string> GiveUpAsync(JobAttempt attempt, JobRetry retry, Exception failure, CancellationToken cancellationToken)
    {
        log.Failed(JobKinds.NameOf(attempt.Kind), attempt.Account, failure);
        var isStill = IsGivenUpStill(attempt.Former, retry);
        try
        {
            await letters.GiveUpAsync(
                retry with
                {
                    IsGivenUp = true,
                    Attempts = isStill ? attempt.Former!.Attempts + 1 : retry.Attempts,
                    FirstFailedAt = isStill ? attempt.Former!.FirstFailedAt : retry.FirstFailedAt,
                    NotBefore = retry.NotBefore + options.Value.RetryMaxDelay,
                },
                isStill ? 1 : retry.Attempts,
                failure,
                log.Reason(failure),
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is DbException or AccountUnknownException)
        {
            // What is left in the store is found by the sweep, fails once more, and gets its letter then.
            log.NotRecorded(JobKinds.NameOf(attempt.Kind), attempt.Account, exception);
        }

        return JobOutcome.Failed;
    }
}
