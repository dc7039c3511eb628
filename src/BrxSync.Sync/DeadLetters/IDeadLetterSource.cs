using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Steps;

namespace BrxSync.Sync.DeadLetters;

/// <summary>Knows what to do with the dead letters of one source; found by registration.</summary>
internal interface IDeadLetterSource
{
    /// <summary>Gets the source: one of <see cref="DeadLetterSources"/>.</summary>
    string Name { get; }

    /// <summary>Says which slice of the account's books putting back or dropping the work of a letter concerns.</summary>
    StockScope ScopeOf(DeadLetter letter);

    /// <summary>Puts the work back, in the step that settles the letter.</summary>
    /// <param name="step">The step, on the slice of <see cref="ScopeOf"/>. It holds the account: the letter is open.</param>
    /// <param name="letter">The letter.</param>
    /// <returns>What is to be written; the settlement is added to it.</returns>
    /// <exception cref="DeadLetterNotReplayableException">Nothing knows how to do this work again.</exception>
    StockWrites Replay(StockStep step, DeadLetter letter);

    /// <summary>Drops the work, in the step that settles the letter.</summary>
    /// <param name="step">The step, on the slice of <see cref="ScopeOf"/>. It holds the account: the letter is open.</param>
    /// <param name="letter">The letter.</param>
    /// <returns>What is to be written; the settlement is added to it.</returns>
    StockWrites Discard(StockStep step, DeadLetter letter);

    /// <summary>Says which job takes up the work that was put back; null when the notifier tells it by what was written.</summary>
    WorkKind? JobOf(DeadLetter letter);
}
