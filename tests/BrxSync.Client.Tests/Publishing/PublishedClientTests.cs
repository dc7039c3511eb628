using System.Diagnostics;
using System.Runtime.InteropServices;
using BrxSync.Simulator;
using BrxSync.Testing;

namespace BrxSync.Client.Tests.Publishing;

/// <summary>
/// A small program over the client is published ahead of time, and run. Where the parts of that compiler cannot be restored, it is
/// published trimmed and self-contained instead: the same analysis, the same reflection-free serialization.
/// </summary>
public sealed class PublishedClientTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("brxsync-publish-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task PublishedProgram_CallsTheMarketplace_GetsWhatItHolds()
    {
        var options = new CardTraderSimulatorOptions();
        options.Sellers.Add(new SellerOptions { Name = "smoke", Token = "smoke-token", UserId = 9000777, Products = 250 });
        await using var marketplace = await CardTraderSimulatorHost.StartAsync(options);

        var isNative = await PublishAsync();
        var output = await RunAsync(
            Path.Combine(_folder, "out", "BrxSync.Client.AotSmoke"), [marketplace.BaseAddress.AbsoluteUri, "smoke-token"]);

        output.ShouldContain($"dynamic code: {!isNative}");
        output.ShouldContain("info: 9000777");
        output.ShouldContain("products: 250");
        output.ShouldContain("of one blueprint: True");
        output.ShouldContain("created: 1.25 EUR");
        output.ShouldContain("incremented: True");
        output.ShouldContain("bulk: Ok");
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldAllBe(line => line.Contains(": ", StringComparison.Ordinal));
        marketplace.Calls.Count.ShouldBeGreaterThanOrEqualTo(15);
    }

    private static async Task<string> RunAsync(string program, string[] arguments)
    {
        var (code, output) = await TryRunAsync(program, arguments);
        code.ShouldBe(0, output);
        return output;
    }

    private static async Task<(int Code, string Output)> TryRunAsync(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = RepositoryPaths.Root,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
    }

    private async Task<bool> PublishAsync()
    {
        var (code, output) = await TryRunAsync("dotnet", Publish("aot"));
        if (code != 0 && output.Contains("NU1101", StringComparison.Ordinal))
        {
            await RunAsync("dotnet", Publish("trimmed"));
            return false;
        }

        code.ShouldBe(0, output);
        return true;
    }

    private string[] Publish(string how) =>
    [
        "publish", RepositoryPaths.At("tests", "BrxSync.Client.AotSmoke"), "--nologo", "-v", "q", "-c", "Release", "--artifacts-path",
        Path.Combine(_folder, how),
        "-o", Path.Combine(_folder, "out"), $"-p:SmokePublish={how}", $"-p:SmokeRuntime={RuntimeInformation.RuntimeIdentifier}",
    ];
}
