using System.Diagnostics;

namespace BrxSync.Simulator.Tests.Hosting;

public sealed class ProgramTests
{
    [Fact]
    public async Task Program_Started_PrintsAddressAndTokenServesAndEndsOnTerm()
    {
        using var program = Start("--seller", "shop:secret", "--products", "3");
        var address = (await program.StandardOutput.ReadLineAsync())!.Split(' ')[^1];
        (await program.StandardOutput.ReadLineAsync())!.ShouldContain("/_control/");
        (await program.StandardOutput.ReadLineAsync())!.ShouldContain("token secret");
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, address + "products/export");
        request.Headers.Authorization = new("Bearer", "secret");
        (await http.SendAsync(request)).IsSuccessStatusCode.ShouldBeTrue();

        using var kill = Process.Start("kill", program.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await program.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));

        program.ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Program_Help_NamesEveryOption()
    {
        using var program = Start("--help");

        var text = await program.StandardOutput.ReadToEndAsync();

        foreach (var option in (string[])[
            "--port", "--seller", "--products", "--export", "--webhook", "--limiter", "--faults", "--latency", "--skew", "--gzip",
        ])
        {
            text.ShouldContain(option);
        }

        await program.WaitForExitAsync();
        program.ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Program_UnknownOption_ExitsWithTwo()
    {
        using var program = Start("--unheard", "1");

        (await program.StandardError.ReadToEndAsync()).ShouldContain("--unheard");
        await program.WaitForExitAsync();
        program.ExitCode.ShouldBe(2);
    }

    private static Process Start(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(typeof(CardTraderSimulatorHost).Assembly.Location);
        foreach (var arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        return Process.Start(start)!;
    }
}
