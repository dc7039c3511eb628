using BrxSync.Client;

namespace BrxSync.Sync;

/// <summary>Work that was given up after it had failed: it is kept until somebody puts it back or drops it.</summary>
public sealed record DeadLetter
{
    /// <summary>Gets the id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Gets the account.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>Gets the part of the service that gave up.</summary>
    /// <value>One of <see cref="DeadLetterSources"/>.</value>
    public required string Source { get; init; }

    /// <summary>Gets what kind of work it was.</summary>
    /// <value>One of <see cref="DeadLetterKinds"/>.</value>
    public required string Kind { get; init; }

    /// <summary>Gets whether somebody has decided about it.</summary>
    public required DeadLetterStatus Status { get; init; }

    /// <summary>Gets the id of the change or order, or the name of the feed or job, that it is about.</summary>
    public required string Subject { get; init; }

    /// <summary>Gets the row of the local stock that it concerns; null when there is none.</summary>
    public long? ItemId { get; init; }

    /// <summary>Gets the CardTrader product that it concerns; null when there is none.</summary>
    public ProductId? ProductId { get; init; }

    /// <summary>Gets how often it was tried in vain, over all times that it was given up while this letter was open.</summary>
    public required int Attempts { get; init; }

    /// <summary>Gets what went wrong, for programs, for example <c>CARDTRADER_API_ERROR</c>.</summary>
    public required string ErrorCode { get; init; }

    /// <summary>Gets what went wrong the last time, for people.</summary>
    public required string Error { get; init; }

    /// <summary>Gets what a person should know of the work: a JSON object, without secrets and without buyers.</summary>
    public required string Payload { get; init; }

    /// <summary>Gets when it was first given up.</summary>
    public required DateTimeOffset FirstFailedAt { get; init; }

    /// <summary>Gets when it was last given up.</summary>
    public required DateTimeOffset LastFailedAt { get; init; }

    /// <summary>Gets the W3C trace context of the last failure; null when nobody traced it.</summary>
    public string? TraceParent { get; init; }

    /// <summary>Gets the id of that trace; null when nobody traced it.</summary>
    public string? TraceId => TraceParent?.Split('-') is [_, var id, ..] ? id : null;

    /// <summary>Gets the epoch of the account at the last failure: each run over the whole stock begins a new one.</summary>
    public long? Epoch { get; init; }

    /// <summary>
    /// Gets what was done since, so that the letter is of no use any more: the id of a later change of the same item, or of the operation
    /// that read the whole stock. It cannot be replayed, only discarded. Null where there is none, and for letters that are settled.
    /// </summary>
    public string? SupersededBy { get; init; }

    /// <summary>Gets when it was replayed or discarded; null while it is open.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>Gets who replayed or discarded it; null when that was not said, or the work was done after all.</summary>
    public string? SettledBy { get; init; }

    /// <summary>Gets why it was settled; null when nobody gave a reason.</summary>
    public string? Reason { get; init; }
}
