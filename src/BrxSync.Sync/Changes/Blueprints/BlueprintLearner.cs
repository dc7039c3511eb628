using BrxSync.Client;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records.Blueprints;
using BrxSync.Sync.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BrxSync.Sync.Changes.Blueprints;

/// <summary>
/// Knows which properties blueprints allow: from memory, else from the store, else from CardTrader, where one call tells of a whole
/// expansion. What is learned by one account serves all.
/// </summary>
internal sealed partial class BlueprintLearner(
    IBlueprintPropertyStore store,
    IOptions<BlueprintPropertyOptions> options,
    PropertyMetrics metrics,
    TimeProvider time,
    ILogger<BlueprintLearner> logger)
{
    /// <summary>How far the clocks of two processes may be apart before one takes what the other learned for invented.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    private readonly BlueprintReader _reader = new(time);
    private readonly BlueprintMemory _memory = new(options.Value.MaxEntries);
    private readonly SharedCalls<BlueprintId, BlueprintReading> _searching = new();
    private readonly SharedCalls<long, BlueprintReading> _reading = new();
    private readonly Misses<BlueprintId> _missedBlueprints = new(options.Value.RetryAfter, time);
    private readonly Misses<long> _missedExpansions = new(options.Value.RetryAfter, time);

    /// <summary>Gives what is known of blueprints, and learns what is not, with as few calls as possible.</summary>
    /// <param name="remote">CardTrader, by the token of any seller.</param>
    /// <param name="asked">The blueprints, each with a product of it if one is known.</param>
    /// <param name="isRefused">Whether CardTrader refused what was sent: what is known may have changed.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="BrxSync.Client.Errors.CardTraderException">The token is refused or turned away.</exception>
    public async Task<IReadOnlyDictionary<BlueprintId, KnownBlueprint>> LearnAsync(
        ICardTraderAccount remote,
        IReadOnlyDictionary<BlueprintId, ProductId?> asked,
        bool isRefused,
        CancellationToken cancellationToken)
    {
        var oldest = time.GetUtcNow() - (isRefused ? options.Value.DoubtAfter : options.Value.MaxAge);
        var round = new LearningRound(asked.Keys, blueprint => IsFresh(blueprint, oldest));
        metrics.Count("memory", round.Take(asked.Keys.Select(_memory.Find)));
        if (round.Open.Count > 0)
        {
            var stored = await store.FindAsync([.. round.Open], cancellationToken).ConfigureAwait(false);
            _memory.Write(stored.Where(blueprint => !(_memory.Find(blueprint.Id)?.LearnedAt > blueprint.LearnedAt)));
            metrics.Count("store", round.Take(stored));
        }

        // By their numbers, since those of an expansion lie together: the first tells of the others.
        foreach (var id in asked.Keys.OrderBy(id => id.Value).Where(round.Open.Contains).ToArray())
        {
            if (round.Open.Contains(id))
            {
                await AskAsync(remote, id, asked[id], round, cancellationToken).ConfigureAwait(false);
            }
        }

        return round.Results;
    }

    private async Task AskAsync(
        ICardTraderAccount remote, BlueprintId id, ProductId? product, LearningRound round, CancellationToken cancellationToken)
    {
        if (_missedBlueprints.Find(id) is { } miss)
        {
            metrics.Count(round.GiveUp(id, miss), 1);
            return;
        }

        var doubt = default(ReadDoubt);
        if (round.Older(id) is { } older)
        {
            doubt = Take(await ReadAsync(remote, older.Expansion, id, round, cancellationToken).ConfigureAwait(false), round);
        }

        // Where it was once and is no more, it may have been moved. Where the answer failed, it has not.
        if (round.Open.Contains(id) && doubt is null)
        {
            var reading = await _searching.AskAsync(
                id, () => SearchAsync(remote, id, product, round, cancellationToken), cancellationToken).ConfigureAwait(false);
            doubt = Take(reading, round)
                ?? new ReadDoubt("Its expansion does not list it in a form that can be read.", MayPass: false);
        }

        if (round.Open.Contains(id) && doubt is not null)
        {
            _missedBlueprints.Add(id, doubt);
            metrics.Count(round.GiveUp(id, doubt), 1);
            Log.BlueprintNotLearned(logger, id.Value, doubt.Reason);
        }
    }

    /// <summary>Finds the expansion of a blueprint and reads it, unless somebody just did.</summary>
    private async Task<BlueprintReading> SearchAsync(
        ICardTraderAccount remote, BlueprintId id, ProductId? product, LearningRound round, CancellationToken cancellationToken)
    {
        if (_memory.Find(id) is { } known && round.IsFresh(known))
        {
            return BlueprintReading.Of(known);
        }

        var place = await BlueprintReader.LocateAsync(remote, id, product, cancellationToken).ConfigureAwait(false);
        return place.Doubt is { } doubt
            ? BlueprintReading.Failed(doubt)
            : await ReadAsync(remote, place.Expansion, id, round, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads an expansion, unless somebody just did.</summary>
    private async Task<BlueprintReading> ReadAsync(
        ICardTraderAccount remote, ExpansionId? expansion, BlueprintId wanted, LearningRound round, CancellationToken cancellationToken)
    {
        var key = expansion?.Value ?? 0;
        return _missedExpansions.Find(key) is { } miss
            ? BlueprintReading.Failed(miss)
            : await _reading.AskAsync(
                key,
                async () => _memory.Find(wanted) is { } known && known.Expansion == expansion && round.IsFresh(known)
                    ? BlueprintReading.Of(known)
                    : await ReadAsync(remote, expansion, cancellationToken).ConfigureAwait(false),
                cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes whatever is asked for, of what was read just now and of what others learned meanwhile.</summary>
    private ReadDoubt? Take(BlueprintReading reading, LearningRound round)
    {
        var meanwhile = round.Open.Select(_memory.Find).OfType<LearnedBlueprint>();
        metrics.Count("cardtrader", round.Take(reading.Blueprints.Values.Concat(meanwhile)));
        return reading.Doubt;
    }

    private async Task<BlueprintReading> ReadAsync(ICardTraderAccount remote, ExpansionId? expansion, CancellationToken cancellationToken)
    {
        var reading = await _reader.ReadAsync(remote, expansion, cancellationToken).ConfigureAwait(false);
        _memory.Write(reading.Blueprints.Values);
        if (reading.Doubt is { } doubt)
        {
            _missedExpansions.Add(expansion?.Value ?? 0, doubt);
        }

        try
        {
            var latest = time.GetUtcNow() + ClockTolerance;
            await store.SaveAsync([.. reading.Blueprints.Values], latest, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // It is known here, and will be learned again after a restart.
            Log.DefinitionsNotStored(logger, exception, reading.Blueprints.Count);
        }

        return reading;
    }

    private bool IsFresh(LearnedBlueprint blueprint, DateTimeOffset oldest) =>
        blueprint.LearnedAt >= oldest && blueprint.LearnedAt <= time.GetUtcNow() + ClockTolerance;

    private static partial class Log
    {
        [LoggerMessage(
            EventIds.BlueprintNotLearned,
            LogLevel.Warning,
            "The properties that blueprint {BlueprintId} allows could not be read, and are read later: {Reason}")]
        public static partial void BlueprintNotLearned(ILogger logger, long blueprintId, string reason);

        [LoggerMessage(
            EventIds.DefinitionsNotStored,
            LogLevel.Warning,
            "The properties of {Blueprints} blueprints were read and could not be stored; they are read again after a restart")]
        public static partial void DefinitionsNotStored(ILogger logger, Exception exception, int blueprints);
    }
}
