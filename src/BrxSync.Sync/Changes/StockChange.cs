using BrxSync.Client;

namespace BrxSync.Sync;

/// <summary>A change that was made here, and how far it is on its way to CardTrader.</summary>
public sealed record StockChange
{
    /// <summary>Gets its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Gets the item.</summary>
    public required long ItemId { get; init; }

    /// <summary>Gets the product; null while the item has none.</summary>
    public ProductId? ProductId { get; init; }

    /// <summary>Gets what it asks of CardTrader.</summary>
    public required StockChangeKind Kind { get; init; }

    /// <summary>Gets how far it is.</summary>
    public required StockChangeStatus Status { get; init; }

    /// <summary>Gets how many copies it adds at CardTrader, or takes when negative; for a new product, how many were put on sale.</summary>
    public int QuantityDelta { get; init; }

    /// <summary>Gets how many copies more are held back here with it; fewer when negative.</summary>
    public int HeldBackDelta { get; init; }

    /// <summary>Gets the fields that it sets, by the names that CardTrader has for them.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>
    /// Gets the values that it sets and those before, as JSON (<c>values</c>, <c>previous</c>); null where only a quantity changes.
    /// </summary>
    public string? Content { get; init; }

    /// <summary>Gets the change that carries this one to CardTrader; null when it goes by itself.</summary>
    public Guid? CarriedBy { get; init; }

    /// <summary>Gets the caller's own name for it.</summary>
    public string? Reference { get; init; }

    /// <summary>Gets who asked for it.</summary>
    public string? Actor { get; init; }

    /// <summary>Gets what it is a part of.</summary>
    public string? OperationId { get; init; }

    /// <summary>Gets the call that carries or carried it.</summary>
    public string? Call { get; init; }

    /// <summary>Gets the job of CardTrader that carries or carried it out.</summary>
    public string? JobId { get; init; }

    /// <summary>Gets how often it was tried in vain.</summary>
    public int Attempts { get; init; }

    /// <summary>Gets when it is tried again; null when nothing is planned.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>Gets CardTrader's code for what is wrong, or ours.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Gets what is wrong.</summary>
    public string? Error { get; init; }

    /// <summary>Gets what was changed or left out on its way.</summary>
    public IReadOnlyList<ChangeRemark> Remarks { get; init; } = [];

    /// <summary>Gets the states that it went through, oldest first.</summary>
    public IReadOnlyList<ChangeMilestone> History { get; init; } = [];

    /// <summary>Gets when it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets its place among the account's changes: a later one has a higher number.</summary>
    public required long Sequence { get; init; }
}
