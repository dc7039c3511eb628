using BrxSync.Sync.Accounts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace QuickStart;

/// <summary>The host that embeds the synchronization.</summary>
internal static class SyncHost
{
    public static IHost Build(string? postgres, TemporaryFolder folder, Uri? marketplace)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.AddBrxSync(sync =>
        {
            if (postgres is null)
            {
                sync.UseSqlite(folder.File("stock.db"));
            }
            else
            {
                sync.UsePostgreSql(postgres);
            }

            // The token is stored anew at every start of this program, so its key need not outlive it. A real host configures its own.
            sync.UseEncryptionKeys(EncryptionKey.Generate());
            if (marketplace is not null)
            {
                sync.ConfigureCardTrader(options => options.BaseAddress = marketplace);
            }
        });
        return builder.Build();
    }
}
