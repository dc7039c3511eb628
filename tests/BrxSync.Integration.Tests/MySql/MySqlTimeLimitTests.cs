using BrxSync.Client;
using BrxSync.Sync;
using MySqlConnector;

namespace BrxSync.Integration.Tests.MySql;

/// <summary>A real MariaDB that keeps a query waiting.</summary>
public sealed class MySqlTimeLimitTests(MariaDbDatabase database) : IClassFixture<MariaDbDatabase>
{
    [Fact]
    public async Task Lookup_QueryLongerThanItMayTake_IsWorthAnotherTry()
    {
        await using var holder = new MySqlConnection(database.ConnectionString + ";Pooling=false");
        await holder.OpenAsync();
        await using var locking = new MySqlCommand("lock tables cards_prints write", holder);
        await locking.ExecuteNonQueryAsync();
        await using var host = new CatalogHost(brx => brx.UseMySqlCatalog(
            database.ConnectionString, options => (options.CommandTimeoutSeconds, options.MaxRetries) = (1, 0)));

        var exception = await Should.ThrowAsync<CatalogUnavailableException>(() => host.Catalog.LookupAsync([new BlueprintId(1)]));

        exception.IsTransient.ShouldBeTrue();
        exception.Message.ShouldContain("did not answer after 1 attempt");
    }
}
