namespace BrxSync.Sync;

/// <summary>Names one seller account: the <c>user_id</c> of the host application, a UUID.</summary>
/// <param name="Value">The UUID.</param>
public readonly record struct AccountId(Guid Value)
{
    /// <summary>Creates a new, time-ordered account id.</summary>
    /// <returns>An id that no other account has.</returns>
    public static AccountId Create() => new(Guid.CreateVersion7());

    /// <summary>Returns the lower-case hyphenated UUID.</summary>
    /// <returns>The text form used in every store and answer.</returns>
    public override string ToString() => Value.ToString("D");
}
