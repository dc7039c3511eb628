namespace BrxSync.Sync;

/// <summary>Which changes are listed.</summary>
public sealed record ChangeQuery
{
    /// <summary>Gets the item; null for all.</summary>
    public long? ItemId { get; init; }

    /// <summary>Gets what they are a part of; null for all.</summary>
    public string? OperationId { get; init; }

    /// <summary>Gets a sequence: only changes before it are listed, which is how the next page is asked for.</summary>
    public long? Before { get; init; }

    /// <summary>Gets how many at most, 1 to 200.</summary>
    /// <value>Default 50.</value>
    public int Limit { get; init; } = 50;
}
