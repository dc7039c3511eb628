using System.Data.Common;
using BrxSync.Client;
using BrxSync.Sync.Catalog;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BrxSync.Hosting.Tests.Examples;

/// <summary>The examples of the guide: connecting a catalogue, and asking it.</summary>
internal static class CatalogExample
{
    public static void Connect(IHostApplicationBuilder builder, string connectionString)
    {
        // example: connect
        builder.AddBrxSync(sync => sync
            .UseMySqlCatalog(connectionString, catalog => catalog.ExcludedTables = ["sealed_products"]));
        // end
    }

    public static void Connect(IHostApplicationBuilder builder, DbDataSource dataSource)
    {
        // example: data-source
        builder.AddBrxSync(sync => sync.UseMySqlCatalog(dataSource));
        // end
    }

    public static async Task<string> NameAsync(IServiceProvider services, BlueprintId blueprint, CancellationToken cancellationToken)
    {
        // example: ask
        var catalog = services.GetRequiredService<ICatalog>();
        var match = (await catalog.LookupAsync([blueprint], cancellationToken))[blueprint];
        var text = match.Print is { } print ? $"{match.Kind}: row {print.Id} of {print.Table}" : "not in the catalogue";
        // end
        return text;
    }
}
