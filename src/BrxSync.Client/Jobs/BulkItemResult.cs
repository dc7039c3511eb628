using BrxSync.Client.Errors;

namespace BrxSync.Client.Jobs;

/// <summary>What became of one element of a bulk run.</summary>
public sealed record BulkItemResult
{
    /// <summary>Gets the position in the list that the run was made of.</summary>
    public required int Index { get; init; }

    /// <summary>Gets what became of the element.</summary>
    public required BulkOutcome Outcome { get; init; }

    /// <summary>Gets the product as CardTrader names it; for a create possibly an older one that was equal.</summary>
    public ProductId? ProductId { get; init; }

    /// <summary>Gets why the element was refused or is in doubt.</summary>
    public IReadOnlyList<CardTraderFault> Errors { get; init; } = [];

    /// <summary>Gets what was changed or left out.</summary>
    public IReadOnlyList<CardTraderFault> Warnings { get; init; } = [];

    /// <summary>Gets the job that decided.</summary>
    public JobId? JobId { get; init; }
}
