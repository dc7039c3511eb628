using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace BrxSync.Sync.Adapters.MySql;

/// <summary>
/// Finds the ADO.NET provider that the host brought along. The names are literals in calls that trimming understands, so a provider
/// that is there is kept, and this package depends on none.
/// </summary>
internal static class MySqlProvider
{
    public const string Missing =
        "No MySQL provider is there: add the package MySqlConnector to the host (dotnet add package MySqlConnector), " +
        "or give the catalogue a data source of your own with UseMySqlCatalog(dataSource).";

    /// <summary>Gives the provider, MySqlConnector before MySql.Data; null when there is none.</summary>
    public static DbProviderFactory? Find() =>
        Instance(Type.GetType("MySqlConnector.MySqlConnectorFactory, MySqlConnector"))
        ?? Instance(Type.GetType("MySql.Data.MySqlClient.MySqlClientFactory, MySql.Data"));

    private static DbProviderFactory? Instance([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields)] Type? factory) =>
        factory?.GetField("Instance")?.GetValue(null) as DbProviderFactory;
}
