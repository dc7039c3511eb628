using BrxSync.Sync.Stock.Changes;

namespace BrxSync.Sync.Abstractions.Records;

/// <summary>A change as the store keeps it: as the rules see it, where it comes from, and how sending it went.</summary>
internal sealed record ChangeRow
{
    /// <summary>Gets the change as the rules see it.</summary>
    public required LocalChange Change { get; init; }

    /// <summary>Gets where it comes from.</summary>
    public required ChangeOrigin Origin { get; init; }

    /// <summary>Gets how sending it went.</summary>
    public required ChangeAttempt Attempt { get; init; }

    /// <summary>Gets the states that it went through, as JSON.</summary>
    public required string History { get; init; }

    /// <summary>Gets when it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when it moved on last.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }
}
