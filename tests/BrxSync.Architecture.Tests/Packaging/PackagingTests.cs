namespace BrxSync.Architecture.Tests.Packaging;

/// <summary><c>dotnet pack</c> gives packages that a stranger can read about, install and build with.</summary>
[Collection(PackedPackages.Collection)]
public sealed class PackagingTests(PackedPackages packed)
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
        metadata
            .Elements()
            .Single(element => element.Name.LocalName == "repository")
            .Attribute("commit")
            .ShouldNotBeNull("SourceLink needs the commit");

        string? Value(string element) => metadata.Elements().SingleOrDefault(child => child.Name.LocalName == element)?.Value;
    }

    [Theory]
    [MemberData(nameof(PackageNames))]
    public void Package_Content_IsAssemblyDocumentationAndReadme(string name) =>
        packed.Entries(name).Where(entry => !IsOfTheFormat(entry)).Order(StringComparer.Ordinal)
            .ShouldBe(["README.md", $"lib/net10.0/{name}.dll", $"lib/net10.0/{name}.xml"]);

    [Theory]
    [MemberData(nameof(PackageNames))]
    public void Package_Dependencies_AreTheAllowedOnes(string name)
    {
        var rules = Packages.Get(name);

        // Pinned versions of what the inner packages need are written into the outer ones, too.
        var allowed = Packages.Under(rules).Append(rules).SelectMany(package => package.References).Concat(Packages.Pinned);
        var dependencies = packed
            .Metadata(name)
            .Descendants()
            .Where(element => element.Name.LocalName == "dependency")
            .Select(element => (string)element.Attribute("id")!)
            .ToList();

        dependencies.Except(allowed).Except(rules.Projects).ShouldBeEmpty();
        rules.Projects.Except(dependencies).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("BrxSync.AspNetCore")]
    [InlineData("BrxSync.Simulator")]
    public void Package_OnAspNetCore_NeedsTheFrameworkAndNoPackageOfIt(string name) =>
        packed.Metadata(name).Descendants().Where(element => element.Name.LocalName == "frameworkReference")
            .Select(element => (string)element.Attribute("name")!)
            .ShouldBe(["Microsoft.AspNetCore.App"]);

    [Theory]
    [InlineData("BrxSync.Client", "Microsoft.NET.Sdk")]
    [InlineData("BrxSync.Hosting", "Microsoft.NET.Sdk")]
    [InlineData("BrxSync.AspNetCore", "Microsoft.NET.Sdk.Web")]
    [InlineData("BrxSync.Simulator", "Microsoft.NET.Sdk")]
    public async Task Package_InAnEmptyProject_InstallsAndBuilds(string name, string sdk)
    {
        using var project = new FreshProject(packed);
        await project.WriteAsync("Consumer.csproj", $"""
            <Project Sdk="{sdk}">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{name}" Version="{packed.Version}" />
              </ItemGroup>
            </Project>
            """);
        await project.WriteAsync("Program.cs", $"""
            System.Console.WriteLine(System.Reflection.Assembly.Load("{name}").GetName().Name);
            """);

        await project.BuildAsync();
        var output = await project.RunAsync("run", "--no-build");

        output.Trim().ShouldBe(name);
    }

    private static bool IsOfTheFormat(string entry) =>
        entry.StartsWith("_rels/", StringComparison.Ordinal) || entry.StartsWith("package/", StringComparison.Ordinal)
        || entry.EndsWith(".nuspec", StringComparison.Ordinal) || entry == "[Content_Types].xml";
}
