namespace BrxSync.Sync;

/// <summary>Who asks for a change, and by which name it is known to him.</summary>
public sealed record ChangeContext
{
    /// <summary>Gets the caller's own name for the change: a second call with it is the same change. At most 200 characters.</summary>
    /// <value>Null for none: each call is a change of its own.</value>
    public string? Reference { get; init; }

    /// <summary>Gets who asks for it, for the history: a user, another shop. At most 200 characters.</summary>
    public string? Actor { get; init; }

    /// <summary>Gets what it is a part of, by which its changes are found together. At most 200 characters.</summary>
    public string? OperationId { get; init; }
}
