using BrxSync.Sync.Stock;

namespace BrxSync.Sync.Abstractions.Records;

/// <summary>A slice of an account's books, as a step on the stock begins with it.</summary>
/// <param name="Books">The slice, with the account's own facts.</param>
/// <param name="AppliedDeliveries">Which of the scope's deliveries were applied before.</param>
/// <param name="Seller">The seller whose books they are, by his id on CardTrader; null when that is not known.</param>
internal sealed record LoadedBooks(AccountBooks Books, IReadOnlySet<string> AppliedDeliveries, long? Seller = null)
{
    /// <summary>The latest dead letter of each key of the scope that has one.</summary>
    public IReadOnlyList<DeadLetter> DeadLetters { get; init; } = [];
}
