namespace BrxSync.Sync.Adapters.PostgreSql.Connections;

/// <summary>Where the pools lead to, and their limits, as the options have them.</summary>
internal sealed class PoolSettings
{
    public required string ConnectionString { get; init; }

    public string? ReplicaConnectionString { get; init; }

    public string? SessionConnectionString { get; init; }

    public required int MaxPoolSize { get; init; }

    public required int MaxSessionPoolSize { get; init; }

    public required int ConnectTimeoutSeconds { get; init; }

    public required int CommandTimeoutSeconds { get; init; }

    public required int IdleLifetimeSeconds { get; init; }

    public required int ConnectionLifetimeSeconds { get; init; }

    public required TimeSpan MaxReplicaLag { get; init; }

    public bool LogCommands { get; init; }
}
