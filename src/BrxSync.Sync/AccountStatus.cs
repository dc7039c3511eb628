namespace BrxSync.Sync;

/// <summary>Tells where an account stands.</summary>
public enum AccountStatus
{
    /// <summary>Connected, never synchronized since.</summary>
    Idle,

    /// <summary>A full sync is running.</summary>
    InitialSync,

    /// <summary>The last full sync succeeded.</summary>
    Active,

    /// <summary>The last run did not succeed; <see cref="Account.LastError"/> says why.</summary>
    Error,
}
