using BrxSync.Sync;
using BrxSync.Testing;
using Microsoft.Extensions.DependencyInjection;

// Runs one full sync of a connected account and says which phase it is in: a process to kill. With "host" it does what it is told by its
// input, in a process that may have settings of its own.
HostileSettings.Apply(args.ElementAtOrDefault(5) ?? "none");
var (store, marketplace, account, key) = (args[0], new Uri(args[1]), new AccountId(Guid.Parse(args[2])), args[3]);
var clock = new HostClock(TimeProvider.System);
var services = new ServiceCollection();
services.AddSingleton<TimeProvider>(clock);
services.AddBrxSync(configure: brx =>
{
    brx.UseEncryptionKeys(key)
        .ConfigureCardTrader(options => options.BaseAddress = marketplace)
        .ConfigureFullSync(options => options.BatchSize = 32);
    _ = store.EndsWith(".db", StringComparison.Ordinal) ? brx.UseSqlite(store) : brx.UsePostgreSql(store);
});
await using var provider = services.BuildServiceProvider();
if (args[4] == "host")
{
    await new HostCommands(provider, clock, account).RunAsync();
    return 0;
}

var mode = Enum.Parse<SyncMode>(args[4]);
var result = await provider.GetRequiredService<IFullSync>()
    .RunAsync(new SyncRequest { AccountId = account, Mode = mode }, new PhaseWriter());
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
