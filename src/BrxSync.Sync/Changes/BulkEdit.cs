namespace BrxSync.Sync;

/// <summary>How many edits are made in one go.</summary>
public sealed record BulkEdit
{
    /// <summary>
    /// Gets what the edits are a part of. Given again with the same edits in the same order, it goes on where it was interrupted: edits
    /// that were made are not made again. At most 150 characters; a UUID, or a name that is used for no other bulk edit of the account.
    /// </summary>
    /// <value>Default a new id.</value>
    public string OperationId { get; init; } = Guid.CreateVersion7().ToString("D");

    /// <summary>Gets who asks for them.</summary>
    public string? Actor { get; init; }

    /// <summary>Gets whether nothing is written: the results tell what would become of each.</summary>
    public bool DryRun { get; init; }

    /// <summary>Gets how many edits there are, where that is known: the operation then tells how many per cent are done.</summary>
    /// <value>Default null.</value>
    public long? Expected { get; init; }

    /// <summary>Gets who is told how many edits are decided, after each part.</summary>
    public IProgress<long>? Progress { get; init; }

    /// <summary>
    /// Gives the id under which <see cref="IOperations"/> knows the bulk edit: a UUID is its own, a name has the account's before it.
    /// </summary>
    /// <param name="accountId">The account.</param>
    public string OperationOf(AccountId accountId) =>
        Guid.TryParseExact(OperationId, "D", out var id) ? id.ToString("D") : $"{accountId}/{OperationId}";
}
