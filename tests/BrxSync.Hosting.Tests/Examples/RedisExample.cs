using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace BrxSync.Hosting.Tests.Examples;

/// <summary>The examples of the guide: processes that share the limits through Redis.</summary>
internal static class RedisExample
{
    public static void Connect(IHostApplicationBuilder builder, string connectionString)
    {
        // example: connect
        builder.AddBrxSync(sync => sync.UseRedis(connectionString, redis => redis.Instances = 3));
        // end
    }

    public static void Connect(IHostApplicationBuilder builder, IConnectionMultiplexer connection)
    {
        // example: connection
        builder.AddBrxSync(sync => sync.UseRedis(connection));
        // end
    }
}
