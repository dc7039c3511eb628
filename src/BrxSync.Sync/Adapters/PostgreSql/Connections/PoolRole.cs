using Npgsql;

namespace BrxSync.Sync.Adapters.PostgreSql.Connections;

/// <summary>What a pool is for.</summary>
/// <param name="Name">Its name in metrics.</param>
/// <param name="HoldsSessions">Whether whoever takes a connection needs the same session of the server until it is given back.</param>
/// <param name="Target">Which of several servers it leads to.</param>
internal sealed record PoolRole(
    string Name, bool HoldsSessions, TargetSessionAttributes Target = TargetSessionAttributes.Primary)
{
    /// <summary>The one pool that does everything.</summary>
    public static PoolRole Everything { get; } = new("BrxSync", HoldsSessions: true);

    /// <summary>What is over with its transaction, beside a pool for sessions.</summary>
    public static PoolRole Transactions { get; } = new("BrxSync", HoldsSessions: false);

    /// <summary>Syncs and migrations.</summary>
    public static PoolRole Sessions { get; } = new("BrxSync.Session", HoldsSessions: true);

    /// <summary>Reads that may be a little old.</summary>
    public static PoolRole Replicas { get; } = new("BrxSync.Replica", HoldsSessions: false, TargetSessionAttributes.PreferStandby);
}
