using System.Text.RegularExpressions;
using System.Xml.Linq;
using BrxSync.Testing;

namespace BrxSync.Architecture.Tests.Packaging;

/// <summary>A stranger with the packages alone has an engine and a marketplace to test it against.</summary>
[Collection(PackedPackages.Collection)]
public sealed partial class SimulatorInAFreshProjectTests(PackedPackages packed)
{
    private const string Program = """
        using BrxSync.Simulator;
        using BrxSync.Sync;
        using BrxSync.Sync.Abstractions;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Hosting;

        await using var marketplace = await CardTraderSimulatorHost.StartAsync();
        var builder = Host.CreateApplicationBuilder(args);
        builder.Configuration["BrxSync:CardTrader:BaseAddress"] = marketplace.BaseAddress.ToString();
        builder.Configuration["Logging:LogLevel:Default"] = "Warning";
        builder.AddBrxSync(brxSync => brxSync.WithoutJobs());
        using var host = builder.Build();
        await host.StartAsync();

        var account = await host.Services.GetRequiredService<IAccounts>().ConnectAsync(AccountId.Create(), marketplace.Seller().Token);
        await SyncAsync();
        marketplace.Orders.Place(marketplace.Seller(), marketplace.Seller().GetStock()[0].ProductId);
        await SyncAsync();

        async Task SyncAsync()
        {
            var sync = host.Services.GetRequiredService<IFullSync>();
            var result = await sync.RunAsync(new SyncRequest { AccountId = account.Id });
            var stock = await host.Services.GetRequiredService<IStock>().SummarizeAsync(account.Id);
            Console.WriteLine($"{result.Status}: {stock.Units} here, {marketplace.Seller().GetStock().Sum(level => level.Quantity)} there");
        }
        """;

    [Fact]
    public async Task ConsoleProject_OfThePackages_SellsOneAndEndsWithEqualStock()
    {
        using var project = new FreshProject(packed);
        await project.WriteAsync("Program.cs", Program);
        await project.WriteAsync("Consumer.csproj", Project("<OutputType>Exe</OutputType>", ""));

        await project.BuildAsync();
        var output = await project.RunAsync("run", "--no-build");

        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(2, output);
        var syncs = lines.Select(line => Sums().Match(line)).ToList();
        syncs.ShouldAllBe(sums => sums.Success, output);
        syncs.ShouldAllBe(sums => sums.Groups["here"].Value == sums.Groups["there"].Value, output);
        int.Parse(syncs[1].Groups["here"].Value, null).ShouldBe(int.Parse(syncs[0].Groups["here"].Value, null) - 1);
    }

    [Fact]
    public async Task TestProject_WithTheExampleOfTheReadme_Passes()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Packages.Simulator.Folder, "README.md"));
        using var project = new FreshProject(packed);
        await project.WriteAsync("SaleTests.cs", Example().Match(readme).Groups["code"].Value);
        await project.WriteAsync("Consumer.csproj", Project(
            "<IsTestProject>true</IsTestProject>",
            $"""
            <Using Include="Xunit" />
            {Reference("Microsoft.NET.Test.Sdk")}
            {Reference("xunit")}
            {Reference("xunit.runner.visualstudio")}
            """));

        await project.BuildAsync();
        var output = await project.RunAsync("test", "--no-build");

        output.ShouldContain("Passed:     1");
    }

    // As `dotnet new` makes it, with the two packages.
    private string Project(string properties, string items) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            {properties}
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="BrxSync.Hosting" Version="{packed.Version}" />
            <PackageReference Include="BrxSync.Simulator" Version="{packed.Version}" />
            {items}
          </ItemGroup>
        </Project>
        """;

    /// <summary>References a package in the version that this repository's tests use, which is there without a registry.</summary>
    private static string Reference(string package)
    {
        var version = XDocument.Load(RepositoryPaths.At("Directory.Packages.props")).Descendants("PackageVersion")
            .Single(item => (string)item.Attribute("Include")! == package).Attribute("Version")!.Value;
        return $"""<PackageReference Include="{package}" Version="{version}" />""";
    }

    [GeneratedRegex(@"^Completed: (?<here>\d+) here, (?<there>\d+) there", RegexOptions.ExplicitCapture)]
    private static partial Regex Sums();

    [GeneratedRegex(
        @"SimulatorExample\.cs#test -->\n```csharp\n(?<code>.*?)^```",
        RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Example();
}
