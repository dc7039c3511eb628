using BrxSync.Sync;
using BrxSync.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace BrxSync.Integration.Tests.PostgreSql;

/// <summary>A migrated database whose big tables are partitioned, made once for all tests that begin with a copy of it.</summary>
internal static class PartitionedTemplate
{
    private static readonly Lazy<Task<string>> Template = new(CreateAsync);

    /// <summary>Gives its name. Nobody stays connected to it.</summary>
    public static Task<string> FindAsync() => Template.Value;

    private static async Task<string> CreateAsync()
    {
        var store = new PostgreSqlStore();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => store.DisposeAsync().AsTask().GetAwaiter().GetResult();
        await store.StartAsync(migrate: false);
        await using (var services = store.BuildAnother())
        {
            await services.GetRequiredService<IStoreMigrator>().MigrateAsync();
        }

        await store.Database.PartitionAsync();
        await using var connection = new NpgsqlConnection(store.Database.ConnectionString);
        NpgsqlConnection.ClearPool(connection);
        return store.Database.Name;
    }
}
