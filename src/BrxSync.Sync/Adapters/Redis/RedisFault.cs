using StackExchange.Redis;

namespace BrxSync.Sync.Adapters.Redis;

/// <summary>What may go wrong with Redis. Nothing of it is an error of a caller: somebody else takes over.</summary>
internal static class RedisFault
{
    public static bool Is(Exception exception) => exception is not OutOfMemoryException;

    /// <summary>Says in a few words what went wrong, without names of hosts.</summary>
    public static string Describe(Exception exception) => exception switch
    {
        TimeoutException => "no answer in time",
        RedisServerException server => $"refused: {server.Message.Split(' ', 2)[0]}",
        RedisConnectionException connection => $"no connection ({connection.FailureType})",
        _ => exception.GetType().Name,
    };
}
