using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using BrxSync.Simulator;
using BrxSync.Testing;

namespace BrxSync.Client.Tests.Publishing;

/// <summary>A small program over the client is published ahead of time, and run.</summary>
public sealed class PublishedClientTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("brxsync-publish-").FullName;

    private string[] Publish =>
    [
        "publish", RepositoryPaths.At("tests", "BrxSync.Client.AotSmoke"), "--nologo", "-v", "q", "-c", "Release", "--artifacts-path",
        Path.Combine(_folder, "aot"), "-o", Path.Combine(_folder, "out"), $"-p:SmokeRuntime={RuntimeInformation.RuntimeIdentifier}",
    ];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task PublishedProgram_CallsTheMarketplace_GetsWhatItHolds()
    {
        var options = new CardTraderSimulatorOptions();
        options.Sellers.Add(new SellerOptions { Name = "smoke", Token = "smoke-token", UserId = 9000777, Products = 250 });
        await using var marketplace = await CardTraderSimulatorHost.StartAsync(options);

        await RunAsync("dotnet", Publish);
        var output = await RunAsync(
            Path.Combine(_folder, "out", "BrxSync.Client.AotSmoke"), [marketplace.BaseAddress.AbsoluteUri, "smoke-token"]);

        output.ShouldContain("dynamic code: False");
        output.ShouldContain("info: 9000777");
        output.ShouldContain("products: 250");
        output.ShouldContain("of one blueprint: True");
        output.ShouldContain("created: 1.25 EUR");
        output.ShouldContain("incremented: True");
        output.ShouldContain("bulk: Ok");
        output.ShouldContain("deleted again: True");
        output.ShouldContain("wishlist: smoke");
        output.ShouldContain("import: True");
        output.ShouldContain("webhooks: https://example.org/hook");
        output.ShouldContain("refused: CardTraderException 422");
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldAllBe(line => line.Contains(": ", StringComparison.Ordinal));
        marketplace.Calls.All().Select(call => Regex.Replace($"{call.Method} {call.Path}", "/[0-9a-f-]*[0-9][0-9a-f-]*", "/{id}"))
            .Distinct(StringComparer.Ordinal).Count().ShouldBeGreaterThanOrEqualTo(20);
    }

    private static async Task<string> RunAsync(string program, string[] arguments)
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
        output += await errors;
        process.ExitCode.ShouldBe(0, output);
        return output;
    }
}
