using BrxSync.Sync.Abstractions.Records;

namespace BrxSync.Sync.Abstractions;

/// <summary>Reads dead letters. They are written and settled by steps on the stock, in the transactions of what they are about.</summary>
internal interface IDeadLetterStore
{
    /// <summary>Lists letters, newest first.</summary>
    /// <param name="filter">Which, and where to go on.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The letters with their numbers.</returns>
    Task<IReadOnlyList<NumberedDeadLetter>> ListAsync(DeadLetterFilter filter, CancellationToken cancellationToken = default);

    /// <summary>Finds a letter.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="id">The letter.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The letter, or null when the account has none of this id.</returns>
    Task<DeadLetter?> FindAsync(AccountId accountId, Guid id, CancellationToken cancellationToken = default);

    /// <summary>Counts the open letters by their sources.</summary>
    /// <param name="accountId">The account; null for all accounts together.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The sources that have open letters, and how many.</returns>
    Task<IReadOnlyDictionary<string, long>> CountOpenAsync(AccountId? accountId, CancellationToken cancellationToken = default);
}
