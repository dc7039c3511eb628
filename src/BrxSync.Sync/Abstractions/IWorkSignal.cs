using BrxSync.Sync.Abstractions.Records;

namespace BrxSync.Sync.Abstractions;

/// <summary>
/// Told after a commit that left work behind, so that it is done within seconds. A signal may be lost: what it tells of is in the
/// store, and whoever looks there regularly finds it.
/// </summary>
internal interface IWorkSignal
{
    /// <summary>Tells that an account has work. Returns at once and never throws.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="kind">What there is to do.</param>
    void Raise(AccountId accountId, WorkKind kind);
}
