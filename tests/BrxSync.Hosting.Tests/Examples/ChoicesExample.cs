using BrxSync.Sync;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BrxSync.Hosting.Tests.Examples;

/// <summary>The examples of the guide: what can be chosen in code, and how to watch a run.</summary>
internal static class ChoicesExample
{
    public static void Choose(IHostApplicationBuilder builder, string connectionString, string newKey, string oldKey)
    {
        // example: choices
        builder.AddBrxSync(sync => sync
            .UsePostgreSql(connectionString)
            .UseEncryptionKeys(newKey, oldKey)
            .ConfigureFullSync(options => options.BatchSize = 5_000));
        // end
    }

    public static async Task<SyncResult> WatchAsync(
        IServiceProvider services, AccountId accountId, TextWriter output, CancellationToken cancellationToken)
    {
        // example: watch
        var sync = services.GetRequiredService<IFullSync>();
        var progress = new Progress<SyncProgress>(now =>
            output.WriteLine($"{now.Phase}: {now.Percent} %, {now.Processed} products, {now.RowsPerSecond:N0} per second"));
        var result = await sync.RunAsync(new SyncRequest { AccountId = accountId }, progress, cancellationToken);
        // end
        return result;
    }

    public static async Task<SyncProgress> PlanAsync(IServiceProvider services, AccountId accountId, CancellationToken cancellationToken)
    {
        // example: dry-run
        var sync = services.GetRequiredService<IFullSync>();
        var plan = await sync.RunAsync(new SyncRequest { AccountId = accountId, DryRun = true }, cancellationToken: cancellationToken);
        // end
        return plan.Progress;
    }

    public static async Task<long> CountAsync(IServiceProvider services, AccountId accountId, CancellationToken cancellationToken)
    {
        var units = 0L;

        // example: read-stock
        var inventory = services.GetRequiredService<IStock>();
        await foreach (var item in inventory.StreamAsync(accountId, cancellationToken))
        {
            units += item.Quantity;
        }

        // end
        return units;
    }
}
