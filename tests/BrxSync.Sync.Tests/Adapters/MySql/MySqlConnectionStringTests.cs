using BrxSync.Sync.Adapters.MySql;

namespace BrxSync.Sync.Tests.Adapters.MySql;

/// <summary>The connection string wins over the options, in whichever spelling.</summary>
public sealed class MySqlConnectionStringTests
{
    private static (uint PoolSize, uint Connecting, uint Command) Complete(string connectionString)
    {
        var settings = MySqlConnectionString.Complete(new MySqlCatalogOptions
        {
            ConnectionString = connectionString, MaxPoolSize = 3, ConnectTimeoutSeconds = 4, CommandTimeoutSeconds = 5,
        });
        return (settings.MaximumPoolSize, settings.ConnectionTimeout, settings.DefaultCommandTimeout);
    }

    [Fact]
    public void Complete_NothingGiven_TakesTheOptions() => Complete("Server=db").ShouldBe((3u, 4u, 5u));

    [Theory]
    [InlineData("Maximum Pool Size=7;Connection Timeout=8;Default Command Timeout=9")]
    [InlineData("maxpoolsize=7;connect timeout=8;command timeout=9")]
    public void Complete_GivenInTheString_KeepsIt(string settings) => Complete($"Server=db;{settings}").ShouldBe((7u, 8u, 9u));
}
