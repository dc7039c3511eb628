using StackExchange.Redis;

namespace BrxSync.Sync.Adapters.Redis;

/// <summary>A connection that the host gave, in place of a connection string. It stays the host's: it is not disposed of here.</summary>
internal sealed record RedisMultiplexer(IConnectionMultiplexer Connection);
