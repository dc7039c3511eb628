using System.Collections.Immutable;
using BrxSync.Client;
using BrxSync.Sync.Abstractions.Records.Feeds;
using BrxSync.Sync.Stock;

namespace BrxSync.Sync.Abstractions.Records;

/// <summary>A slice of an account's books, as a step on the stock begins with it.</summary>
/// <param name="Books">The slice, with the account's own facts.</param>
/// <param name="AppliedDeliveries">Which of the scope's deliveries were applied before.</param>
/// <param name="Seller">The seller whose books they are, by his id on CardTrader; null when that is not known.</param>
internal sealed record LoadedBooks(AccountBooks Books, IReadOnlySet<string> AppliedDeliveries, long? Seller = null)
{
    /// <summary>Gets what the rows of the scope hold, by their products.</summary>
    public IReadOnlyDictionary<ProductId, ItemDetails> Details { get; init; } = ImmutableDictionary<ProductId, ItemDetails>.Empty;

    /// <summary>Gets the row that the step has added, if it has.</summary>
    public ItemDetails? Added { get; init; }

    /// <summary>Gets which of the scope's references are known, with the changes that have them.</summary>
    public IReadOnlyDictionary<string, Guid> KnownReferences { get; init; } = ImmutableDictionary<string, Guid>.Empty;

    /// <summary>Gets whether changes of the account may be sent.</summary>
    public bool WritesEnabled { get; init; } = true;

    /// <summary>Gets whether the scope's run of an operation goes on; true where there is none.</summary>
    public bool IsRunLive { get; init; } = true;

    /// <summary>Gets whether there is a token to send them with.</summary>
    public bool IsConnected { get; init; } = true;

    /// <summary>Gets whose turn it is to send changes, or was last; null for nobody's.</summary>
    public string? PushOwner { get; init; }

    /// <summary>Gets who set the account's safety stock.</summary>
    public string? SafetyActor { get; init; }

    /// <summary>The latest dead letter of each key of the scope that has one.</summary>
    public IReadOnlyList<DeadLetter> DeadLetters { get; init; } = [];

    /// <summary>The cursors of the feeds of the scope that have one.</summary>
    public IReadOnlyList<FeedCursor> Feeds { get; init; } = [];

    /// <summary>
    /// For forgetting orders: when the read of the stock was begun that goes on from run to run; null when there is none.
    /// </summary>
    public DateTimeOffset? ReadBegunAt { get; init; }
}
