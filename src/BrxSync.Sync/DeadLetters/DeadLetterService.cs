using System.Globalization;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Diagnostics;
using BrxSync.Sync.Steps;
using Microsoft.Extensions.Logging;

namespace BrxSync.Sync.DeadLetters;

/// <summary>
/// Lets a person see what was given up, and put it back or drop it. Both are one step on the account's stock, so that of two at once one
/// finds the letter settled.
/// </summary>
internal sealed partial class DeadLetterService : IDeadLetters
{
    private const int LongestReason = 500;
    private const int LongestName = 200;

    private readonly IDeadLetterStore _store;
    private readonly StockSteps _steps;
    private readonly Dictionary<string, IDeadLetterSource> _sources;
    private readonly IWorkSignal _signal;
    private readonly ILogger<DeadLetterService> _logger;

    public DeadLetterService(
        IDeadLetterStore store,
        StockSteps steps,
        IEnumerable<IDeadLetterSource> sources,
        IWorkSignal signal,
        ILogger<DeadLetterService> logger)
    {
        (_store, _steps, _signal, _logger) = (store, steps, signal, logger);
        _sources = sources.ToDictionary(source => source.Name, StringComparer.Ordinal);
    }

    public Task<DeadLetterPage> ListAsync(
        AccountId accountId, DeadLetterQuery? query = null, CancellationToken cancellationToken = default) =>
        ListAsync((AccountId?)accountId, query ?? new DeadLetterQuery(), cancellationToken);

    public Task<DeadLetterPage> ListAllAsync(DeadLetterQuery? query = null, CancellationToken cancellationToken = default) =>
        ListAsync(null, query ?? new DeadLetterQuery(), cancellationToken);

    public async Task<long> CountOpenAsync(AccountId accountId, CancellationToken cancellationToken = default) =>
        (await _store.CountOpenAsync(accountId, cancellationToken).ConfigureAwait(false)).Values.Sum();

    public Task<DeadLetter?> FindAsync(AccountId accountId, Guid id, CancellationToken cancellationToken = default) =>
        _store.FindAsync(accountId, id, cancellationToken);

    public async Task<DeadLetter> ReplayAsync(
        AccountId accountId, Guid id, string? by = null, CancellationToken cancellationToken = default)
    {
        ThrowIfTooLong(by, LongestName, nameof(by));
        var letter = await GetOpenAsync(accountId, id, cancellationToken).ConfigureAwait(false);
        var source = _sources.GetValueOrDefault(letter.Source) ?? throw new DeadLetterNotReplayableException(
            $"Dead letter {id} is of source {letter.Source}, which this version does not know: "
            + $"replay it with a version that does, or discard it. Known are {string.Join(", ", _sources.Keys)}.");
        var settlement = new DeadLetterSettlement(DeadLetterKey.Of(letter), DeadLetterStatus.Replayed, by);
        var settled = await SettleAsync(letter, source, source.Replay, settlement, cancellationToken).ConfigureAwait(false);
        if (source.JobOf(letter) is { } job)
        {
            _signal.Raise(accountId, job);
        }

        Log.Replayed(_logger, id, letter.Kind, letter.Subject, accountId);
        return settled;
    }

    public async Task<DeadLetter> DiscardAsync(
        AccountId accountId, Guid id, string reason, string? by = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        ThrowIfTooLong(reason, LongestReason, nameof(reason));
        ThrowIfTooLong(by, LongestName, nameof(by));
        var letter = await GetOpenAsync(accountId, id, cancellationToken).ConfigureAwait(false);

        // A letter of a source that is no longer there must not stay open for ever.
        var source = _sources.GetValueOrDefault(letter.Source);
        var settlement = new DeadLetterSettlement(DeadLetterKey.Of(letter), DeadLetterStatus.Discarded, by, reason);
        var settled = await SettleAsync(
            letter, source, source is null ? static (step, _) => step.Writes() : source.Discard, settlement, cancellationToken)
                .ConfigureAwait(false);
        Log.Discarded(_logger, id, letter.Kind, letter.Subject, accountId);
        return settled;
    }

    public Task<DeadLetterProgress> ReplayAllAsync(
        AccountId? accountId,
        DeadLetterQuery query,
        string? by = null,
        IProgress<DeadLetterProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ThrowIfTooLong(by, LongestName, nameof(by));
        return DeadLetterBatch.RunAsync(
            _store,
            accountId,
            query,
            (letter, token) => ReplayAsync(letter.AccountId, letter.Id, by, token),
            progress,
            cancellationToken);
    }

    public Task<DeadLetterProgress> DiscardAllAsync(
        AccountId? accountId,
        DeadLetterQuery query,
        string reason,
        string? by = null,
        IProgress<DeadLetterProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        ThrowIfTooLong(reason, LongestReason, nameof(reason));
        ThrowIfTooLong(by, LongestName, nameof(by));
        return DeadLetterBatch.RunAsync(
            _store,
            accountId,
            query,
            (letter, token) => DiscardAsync(letter.AccountId, letter.Id, reason, by, token),
            progress,
            cancellationToken);
    }

    private async Task<DeadLetterPage> ListAsync(AccountId? accountId, DeadLetterQuery query, CancellationToken cancellationToken)
    {
        var rows = await DeadLetterBatch.ListAsync(_store, accountId, query, cancellationToken).ConfigureAwait(false);
        return new DeadLetterPage(
            [.. rows.Take(query.Limit).Select(row => row.Letter)],
            rows.Count > query.Limit ? DeadLetterCursor.Of(rows[query.Limit - 1].Number, accountId, query) : null);
    }

    private async Task<DeadLetter> GetOpenAsync(AccountId accountId, Guid id, CancellationToken cancellationToken)
    {
        var letter = await _store.FindAsync(accountId, id, cancellationToken).ConfigureAwait(false)
            ?? throw new DeadLetterUnknownException($"Account {accountId} has no dead letter {id}.");
        return letter.Status == DeadLetterStatus.Open ? letter : throw Settled(letter);
    }

    /// <summary>The letter is looked at once more inside of the step: somebody else may have settled it since.</summary>
    private async Task<DeadLetter> SettleAsync(
        DeadLetter letter,
        IDeadLetterSource? source,
        Func<StockStep, DeadLetter, StockWrites> apply,
        DeadLetterSettlement settlement,
        CancellationToken cancellationToken)
    {
        var scope = source?.ScopeOf(letter) ?? new StockScope();
        await _steps.RunAsync(
            letter.AccountId,
            scope with { DeadLetters = [.. scope.DeadLetters.Append(settlement.Key).Distinct()] },
            step =>
            {
                if (step.FindDeadLetter(settlement.Key) is not { Status: DeadLetterStatus.Open } open || open.Id != letter.Id)
                {
                    throw Settled(letter);
                }

                if (settlement.Status == DeadLetterStatus.Replayed && open.SupersededBy is { } later)
                {
                    throw new DeadLetterSupersededException(
                        $"What dead letter {letter.Id} is about was changed or done since ({later}): discard it.")
                    {
                        SupersededBy = later,
                    };
                }

                var writes = apply(step, open);
                return writes with { SettledDeadLetters = [.. writes.SettledDeadLetters, settlement] };
            },
            cancellationToken).ConfigureAwait(false);
        return await _store.FindAsync(letter.AccountId, letter.Id, CancellationToken.None).ConfigureAwait(false)
            ?? letter with { Status = settlement.Status, SettledBy = settlement.By, Reason = settlement.Reason };
    }

    private static DeadLetterSettledException Settled(DeadLetter letter) => new(
        $"Dead letter {letter.Id} of account {letter.AccountId} is settled already: look at it again.");

    private static void ThrowIfTooLong(string? text, int limit, string name)
    {
        // As people count: a sign outside of the first 65,536 is one.
        if (text is not null && text.Length > limit && text.EnumerateRunes().Count() is var length && length > limit)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"The text has {length} characters; at most {limit} are kept."), name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventIds.DeadLetterReplayed,
            LogLevel.Information,
            "Dead letter {LetterId} is replayed: {Kind} of {Subject} (account {AccountId}) is tried again")]
        public static partial void Replayed(ILogger logger, Guid letterId, string kind, string subject, AccountId accountId);

        [LoggerMessage(
            EventIds.DeadLetterDiscarded,
            LogLevel.Warning,
            "Dead letter {LetterId} is discarded: {Kind} of {Subject} (account {AccountId}) is dropped for good")]
        public static partial void Discarded(ILogger logger, Guid letterId, string kind, string subject, AccountId accountId);
    }
}
