using BrxSync.Hosting.DependencyInjection;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Snapshots;
using Microsoft.Extensions.DependencyInjection;

// A process to kill: runs one full sync of a connected account and says which phase it is in.
var (store, marketplace, account, key) = (args[0], new Uri(args[1]), new AccountId(Guid.Parse(args[2])), args[3]);
var mode = Enum.Parse<SyncMode>(args[4]);
var services = new ServiceCollection();
services.AddBrxSync(configure: brx =>
{
    brx.UseEncryptionKeys(key).ConfigureCardTrader(options => options.BaseAddress = marketplace).ConfigureFullSync(options => options.BatchSize = 32);
    _ = store.EndsWith(".db", StringComparison.Ordinal) ? brx.UseSqlite(store) : brx.UsePostgreSql(store);
});
await using var provider = services.BuildServiceProvider();
var result = await provider.GetRequiredService<FullSync>().RunAsync(new SyncRequest { AccountId = account, Mode = mode }, new PhaseWriter());
await Console.Out.WriteLineAsync($"{result.Status} {result.Error}");
return result.Succeeded ? 0 : 1;

internal sealed class PhaseWriter : IProgress<SyncProgress>
{
    public void Report(SyncProgress value)
    {
        Console.Out.WriteLine(value.Phase);
        Console.Out.Flush();
    }
}
