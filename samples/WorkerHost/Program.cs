using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

// The workers alone: no web server, only the plain .NET runtime. Configured by the environment, e.g. BrxSync__PostgreSql__ConnectionString.
// example: worker
var builder = Host.CreateApplicationBuilder(args);
builder.Logging.ClearProviders().AddJsonConsole(options => (options.IncludeScopes, options.UseUtcTimestamp) = (true, true));
builder.AddBrxSync();
await builder.Build().RunAsync();

// end
