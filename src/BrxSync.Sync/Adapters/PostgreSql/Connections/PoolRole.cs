namespace BrxSync.Sync.Adapters.PostgreSql.Connections;

/// <summary>What a pool is for.</summary>
/// <param name="Name">Its name in metrics.</param>
/// <param name="HoldsSessions">Whether whoever takes a connection needs the same session of the server until it is given back.</param>
internal sealed record PoolRole(string Name, bool HoldsSessions)
{
    /// <summary>The one pool that does everything.</summary>
    public static PoolRole Everything { get; } = new("BrxSync", HoldsSessions: true);

    /// <summary>What is over with its transaction, beside a pool for sessions.</summary>
    public static PoolRole Transactions { get; } = new("BrxSync", HoldsSessions: false);

    /// <summary>Syncs and migrations.</summary>
    public static PoolRole Sessions { get; } = new("BrxSync.Session", HoldsSessions: true);
}
