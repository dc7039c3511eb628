using BrxSync.Sync;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BrxSync.Hosting.Tests.Examples;

/// <summary>The examples of the guide to syncs by expansion.</summary>
internal static class ExpansionExample
{
    public static Task<SyncResult> SyncAsync(IServiceProvider services, AccountId account, CancellationToken cancellationToken)
    {
        // example: once
        var request = new SyncRequest { AccountId = account, Mode = SyncMode.ByExpansion };
        return services.GetRequiredService<IFullSync>().RunAsync(request, cancellationToken: cancellationToken);
        // end
    }

    public static void Choose(IHostApplicationBuilder builder)
    {
        // example: always
        builder.AddBrxSync(brx => brx.ConfigureFullSync(options => options.Mode = SyncMode.ByExpansion));
        // end
    }
}
