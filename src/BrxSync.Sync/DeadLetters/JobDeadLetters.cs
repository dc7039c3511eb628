using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Steps;

namespace BrxSync.Sync.DeadLetters;

/// <summary>
/// The dead letters of jobs that failed as a whole, one of an account and a kind at a time: to replay one runs the job again, at once and
/// as often as ever.
/// </summary>
internal sealed class JobDeadLetters(TimeProvider time) : IDeadLetterSource
{
    public string Name => DeadLetterSources.Jobs;

    public static DeadLetterKey KeyOf(WorkKind kind) => new(DeadLetterSources.Jobs, StoredWords.Of(kind));

    public StockScope ScopeOf(DeadLetter letter) => new();

    /// <summary>Forgets that the job failed. A full sync is queued as if somebody had asked for it.</summary>
    public StockWrites Replay(StockStep step, DeadLetter letter)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(letter);
        var kind = StoredWords.FindWorkKind(letter.Kind) ?? throw new DeadLetterNotReplayableException(
            $"Dead letter {letter.Id} is of kind {letter.Kind}, which this version does not know: "
            + "replay it with a version that does, or discard it.");
        return step.Writes() with
        {
            EndedRetries = [kind],
            QueuedSync = kind == WorkKind.Sync
                ? new QueuedSync(
                    Guid.CreateVersion7().ToString("D"), System.Diagnostics.Activity.Current?.Id, time.GetUtcNow())
                : null,
        };
    }

    public StockWrites Discard(StockStep step, DeadLetter letter)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(letter);
        return step.Writes() with { EndedRetries = StoredWords.FindWorkKind(letter.Kind) is { } kind ? [kind] : [] };
    }

    public WorkKind? JobOf(DeadLetter letter)
    {
        ArgumentNullException.ThrowIfNull(letter);
        return StoredWords.FindWorkKind(letter.Kind);
    }
}
