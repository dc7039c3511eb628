using System.Data.Common;
using BrxSync.Client.Errors;

namespace BrxSync.Sync.Retries;

/// <summary>Tells which faults are those of one order or blueprint, so that it is tried again later and the others go on.</summary>
internal static class Postponable
{
    /// <summary>
    /// False for what the next one would fail for too: the database, the account, its token, its seller, and whoever cancelled.
    /// </summary>
    public static bool Is(Exception exception) => exception is not (OperationCanceledException or DbException
        or CardTraderAuthenticationException or SyncFencedException or BrxSyncException { BarsAccount: true });
}
