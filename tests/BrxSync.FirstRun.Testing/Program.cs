// The example of the README, as the program that a reader makes of it: a test runs it as a process of its own.
// example: embed
using BrxSync.Sync;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder(args);
builder.AddBrxSync();
using var host = builder.Build();
await host.StartAsync();

var accounts = host.Services.GetRequiredService<IAccounts>();
var account = await accounts.ConnectAsync(AccountId.Create(), builder.Configuration["CardTraderToken"]!);

var sync = host.Services.GetRequiredService<IFullSync>();
var result = await sync.RunAsync(new SyncRequest { AccountId = account.Id });
Console.WriteLine($"{result.Status}: {result.Progress.Created} created, {result.Progress.Removed} removed. {result.Error}");

await host.StopAsync();
// end
