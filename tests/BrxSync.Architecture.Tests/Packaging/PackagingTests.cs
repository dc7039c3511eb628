namespace BrxSync.Architecture.Tests.Packaging;

/// <summary><c>dotnet pack</c> gives packages that a stranger can read about, install and build with.</summary>
public sealed class PackagingTests(PackedPackages packed) : IClassFixture<PackedPackages>
{
    public static TheoryData<string> PackageNames => Packages.Names;

    [Theory]
    [MemberData(nameof(PackageNames))]
    public void Package_Metadata_SaysWhatItIsAndUnderWhichLicense(string name)
    {
        var metadata = packed.Metadata(name);

        Value("id").ShouldBe(name);
        Value("license").ShouldBe("MIT");
        Value("readme").ShouldBe("README.md");
        Value("description").ShouldNotBeNullOrWhiteSpace();
        Value("description").ShouldNotBe("Package Description");
        Value("tags").ShouldNotBeNullOrWhiteSpace();
        Value("authors").ShouldNotBeNullOrWhiteSpace();
        metadata.Elements().Single(element => element.Name.LocalName == "repository").Attribute("commit").ShouldNotBeNull("SourceLink needs the commit");

        string? Value(string element) => metadata.Elements().SingleOrDefault(child => child.Name.LocalName == element)?.Value;
    }

    [Theory]
    [MemberData(nameof(PackageNames))]
    public void Package_Content_HasAssemblyDocumentationAndReadme(string name) =>
        new[] { $"lib/net10.0/{name}.dll", $"lib/net10.0/{name}.xml", "README.md" }.Except(packed.Entries(name)).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(PackageNames))]
    public void Package_Dependencies_AreTheAllowedOnes(string name)
    {
        var rules = Packages.Get(name);

        // Pinned versions of what the inner packages need are written into the outer ones, too.
        var allowed = Packages.All.TakeWhile(other => other != rules).Append(rules).SelectMany(package => package.References).Append("Microsoft.Data.Sqlite.Core");
        var dependencies = packed.Metadata(name).Descendants().Where(element => element.Name.LocalName == "dependency").Select(element => (string)element.Attribute("id")!).ToList();

        dependencies.Except(allowed).Except(rules.Projects).ShouldBeEmpty();
        rules.Projects.Except(dependencies).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("BrxSync.Client", "Microsoft.NET.Sdk")]
    [InlineData("BrxSync.Hosting", "Microsoft.NET.Sdk")]
    [InlineData("BrxSync.AspNetCore", "Microsoft.NET.Sdk.Web")]
    public async Task Package_InAnEmptyProject_InstallsAndBuilds(string name, string sdk)
    {
        var folder = Directory.CreateTempSubdirectory("brxsync-consumer-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "Consumer.csproj"), $"""
                <Project Sdk="{sdk}">
                  <PropertyGroup>
                    <OutputType>Exe</OutputType>
                    <TargetFramework>net10.0</TargetFramework>
                    <RestoreAdditionalProjectSources>{packed.Folder}</RestoreAdditionalProjectSources>
                    <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                  </PropertyGroup>
                  <ItemGroup>
                    <PackageReference Include="{name}" Version="{packed.Version}" />
                  </ItemGroup>
                </Project>
                """);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "Program.cs"), $"""
                System.Console.WriteLine(System.Reflection.Assembly.Load("{name}").GetName().Name);
                """);

            // Packages of the machine's own folder are read from where they are; ours go to a folder that is thrown away.
            var environment = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["NUGET_PACKAGES"] = Path.Combine(folder.FullName, "packages"),
                ["RestoreFallbackFolders"] = GlobalPackages(),
            };
            await CommandLine.RunAsync(folder.FullName, environment, "dotnet", "build", "--nologo", "-v", "q", "-p:UseSharedCompilation=false");
            var output = await CommandLine.RunAsync(folder.FullName, environment, "dotnet", "run", "--no-build");

            output.Trim().ShouldBe(name);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string GlobalPackages() =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
            ? folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
