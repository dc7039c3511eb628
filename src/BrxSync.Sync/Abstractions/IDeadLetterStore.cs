using BrxSync.Sync.Abstractions.Records;

namespace BrxSync.Sync.Abstractions;

/// <summary>Reads dead letters. They are written and settled by steps on the stock, in the transactions of what they are about.</summary>
internal interface IDeadLetterStore
{
    /// <summary>Lists an account's letters, newest first.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="source">The source; null for all.</param>
    /// <param name="status">The status; null for any.</param>
    /// <param name="before">Only letters of lower numbers; null for all.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The letters with their numbers.</returns>
    Task<IReadOnlyList<NumberedDeadLetter>> ListAsync(
        AccountId accountId,
        string? source,
        DeadLetterStatus? status,
        long? before,
        int limit,
        CancellationToken cancellationToken = default);

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
