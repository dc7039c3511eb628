using System.Diagnostics;
using CardTraderSimulator;

namespace BrxSync.Hosting.Tests.Examples;

/// <summary>The README's example as a reader runs it first: a process of its own in an empty folder, with the logging that every host begins with.</summary>
public sealed class FirstRunTests : IAsyncLifetime
{
    private const int Products = 50;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("brxsync-first-");
    private CardTraderSimulatorHost marketplace = null!;

    private static string Program => Path.Combine(
        AppContext.BaseDirectory, "..", "..", "BrxSync.FirstRun.Testing", new DirectoryInfo(AppContext.BaseDirectory).Name, "BrxSync.FirstRun.Testing.dll");

    public async Task InitializeAsync() =>
        marketplace = await CardTraderSimulatorHost.StartAsync(new CardTraderSimulatorOptions { Sellers = { new SellerOptions { Products = Products } } });

    public async Task DisposeAsync()
    {
        await marketplace.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Example_InAnEmptyFolder_EndsWellAndSaysWhatItUsesInALine()
    {
        var (exitCode, output, errors) = await RunAsync();

        exitCode.ShouldBe(0, errors);
        errors.ShouldBeEmpty();
        output.ShouldContain($"Completed: {Products} created, 0 removed.");
        output.ShouldNotContain("warn:");
        output.ShouldNotContain("fail:");
        output.ShouldNotContain("crit:");
        output.ShouldNotContain("Quartz");
        output.ShouldNotContain(marketplace.Seller().Token);
        var said = output.Split('\n').Where(line => line.Contains("BrxSync keeps the stock in", StringComparison.Ordinal)).ShouldHaveSingleItem();
        said.ShouldContain(Path.Combine(folder.FullName, "brxsync.db"));
        said.ShouldContain(marketplace.BaseAddress.Authority);
        said.ShouldContain("catalogue: none");
        said.ShouldContain("jobs: run here");

        // What was started is stopped: the log ends with it.
        output.ShouldContain("Application is shutting down...");
    }

    private async Task<(int ExitCode, string Output, string Errors)> RunAsync()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.FullName,
            ArgumentList = { Program, $"--BrxSync:CardTrader:BaseAddress={marketplace.BaseAddress}", $"--CardTraderToken={marketplace.Seller().Token}" },
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await errors);
    }
}
