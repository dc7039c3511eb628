using System.Xml.Linq;
using BrxSync.Architecture.Tests.Sources;
using BrxSync.Testing;

namespace BrxSync.Architecture.Tests.Packaging;

/// <summary>Every package that a project refers to is on one page, with where, why, what could replace it, and its licence.</summary>
public sealed class PackageListTests
{
    private const string Page = "docs/adr/0007-packages.md";

    private static readonly string[] Folders = ["src", "samples", "tests", "benchmarks", "eng"];

    private static readonly Row[] Rows = [.. ReadRows()];

    [Fact]
    public void Page_Packages_AreThoseThatAreReferencedAndWhere()
    {
        var listed = Rows.SelectMany(row => row.Places.Select(place => $"{row.Package} in {place}")).ToArray();
        var referenced = References().Distinct().ToArray();

        referenced.Except(listed).ShouldBeEmpty($"{Page} does not list these references");
        listed.Except(referenced).ShouldBeEmpty($"{Page} lists these references, which no project has");
    }

    [Fact]
    public void Page_Rows_AreCompleteSortedAndThereOnce()
    {
        Rows.Where(row => row.Reason.Length == 0 || row.Replacement.Length == 0 || row.Licence.Length == 0).ShouldBeEmpty();
        Rows.Select(row => row.Package).ShouldBe(Rows.Select(row => row.Package).Distinct().Order(StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void Page_Licences_AreThoseThatThePackagesDeclare()
    {
        var declared = Versions()
            .Select(package => (package.Name, Licence: DeclaredLicence(package.Name, package.Version)))
            .Where(package => package.Licence is not null)
            .ToDictionary(package => package.Name, package => package.Licence, StringComparer.Ordinal);

        // The test's own framework is always there.
        declared.ShouldContainKey("xunit");
        Rows.Where(row => declared.TryGetValue(row.Package, out var licence) && licence != row.Licence)
            .Select(row => $"{row.Package} is licensed under {declared[row.Package]}, not {row.Licence}")
            .ShouldBeEmpty();
    }

    private static IEnumerable<Row> ReadRows() =>
        from line in File.ReadLines(RepositoryPaths.At(Page.Split('/')))
        let cells = line.Split('|', StringSplitOptions.TrimEntries)
        where cells.Length == 7 && cells[1] != "package" && !cells[1].StartsWith("---", StringComparison.Ordinal)
        select new Row(cells[1], cells[2].Split(", "), cells[3], cells[4], cells[5]);

    private static IEnumerable<string> References() =>
        from file in Folders.SelectMany(folder => SourceFiles.Of(folder, "*")).Concat(Directory.EnumerateFiles(RepositoryPaths.Root))
        where Path.GetExtension(file) is ".csproj" or ".props" or ".targets"
        let place = Path.GetExtension(file) == ".csproj" ? Path.GetFileNameWithoutExtension(file) : Path.GetFileName(file)
        from item in XDocument.Load(file).Descendants()
        where item.Name.LocalName is "PackageReference" or "GlobalPackageReference" && item.Attribute("Include") is not null
        select $"{(string)item.Attribute("Include")!} in {place}";

    private static IEnumerable<(string Name, string Version)> Versions() =>
        from item in XDocument.Load(RepositoryPaths.At("Directory.Packages.props")).Descendants("PackageVersion")
        select ((string)item.Attribute("Include")!, (string)item.Attribute("Version")!);

    // Null where the package is not on this machine, or has its licence in a file of its own.
    private static string? DeclaredLicence(string name, string version)
    {
        var folder = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } given
            ? given
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var id = name.ToLowerInvariant();
        var description = Path.Combine(folder, id, version, id + ".nuspec");
        return File.Exists(description)
            ? XDocument.Load(description)
                .Descendants()
                .FirstOrDefault(item => item.Name.LocalName == "license" && (string?)item.Attribute("type") == "expression")?.Value
            : null;
    }

    private sealed record Row(string Package, string[] Places, string Reason, string Replacement, string Licence);
}
