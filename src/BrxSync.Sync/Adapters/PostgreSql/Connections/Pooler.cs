namespace BrxSync.Sync.Adapters.PostgreSql.Connections;

/// <summary>What stands between a pool and the server.</summary>
internal enum Pooler
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A pooler that gives each connection a session of its own for as long as it is open.</summary>
    OfSessions,

    /// <summary>A pooler that gives a connection a session of the server for one transaction.</summary>
    OfTransactions,
}
