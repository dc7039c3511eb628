using System.Data.Common;
using BrxSync.Client.Errors;

namespace BrxSync.Sync.Retries;

/// <summary>Tells which failures may pass without anybody changing anything, so that what failed is tried again.</summary>
internal static class Transient
{
    public static bool Is(Exception exception) => exception switch
    {
        CardTraderException fault => fault.IsTransient,
        CatalogUnavailableException => true,
        BrxSyncException fault => fault.IsTransient,
        DbException or TimeoutException or IOException => true,
        _ => false,
    };
}
