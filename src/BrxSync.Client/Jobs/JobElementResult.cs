using BrxSync.Client.Errors;

namespace BrxSync.Client.Jobs;

/// <summary>What a job did with one element of the batch.</summary>
public sealed record JobElementResult : CardTraderRecord
{
    /// <summary>Gets the position in the batch that was handed in, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>Gets the verdict as received: <c>ok</c>, <c>warning</c> or <c>error</c>.</summary>
    public required string Result { get; init; }

    /// <summary>Gets the product; none for errors.</summary>
    public ProductId? ProductId { get; init; }

    /// <summary>Gets why the element failed.</summary>
    public IReadOnlyList<CardTraderFault> Errors { get; init; } = [];

    /// <summary>Gets what was changed or left out.</summary>
    public IReadOnlyList<CardTraderFault> Warnings { get; init; } = [];
}
