using BrxSync.Architecture.Tests.Sources;

namespace BrxSync.Architecture.Tests.Walls;

/// <summary>The folders of a package read as a table of contents: none is a heap, and none needs another that needs it.</summary>
public sealed class FolderTests
{
    private const int MaximumFiles = 25;

    /// <summary>All but the client, whose areas are one API: its root assembles them, and all of them use its ids.</summary>
    public static TheoryData<string> LayeredPackages => [Packages.Sync.Name, Packages.Hosting.Name, Packages.AspNetCore.Name];

    [Fact]
    public void Folders_InSrc_HoldAtMost25Files() =>
        SourceFiles.Of("src")
            .GroupBy(path => SourceFiles.Relative(Path.GetDirectoryName(path)!))
            .Where(folder => folder.Count() > MaximumFiles)
            .Select(folder => $"{folder.Key}: {folder.Count()}")
            .ShouldBeEmpty("a flat folder of more files wants a subdivision");

    [Theory]
    [MemberData(nameof(LayeredPackages))]
    public void Folders_OfAPackage_DoNotNeedEachOtherInCircles(string package)
    {
        var needs = Needs(Packages.Get(package));

        Circles(needs).ShouldBeEmpty();
    }

    /// <summary>Interfaces, and what they take and give: a host can fake all of it, and nothing of the engine shows through.</summary>
    [Fact]
    public void FrontDoor_OfTheEngine_NeedsNothingBehindIt()
    {
        var needs = Needs(Packages.Sync);

        needs.Where(need => need.From == PackageRules.FrontDoor).Select(need => need.Why).ShouldBeEmpty();
    }

    [Fact]
    public void FrontDoor_OfTheEngine_HoldsNoImplementation()
    {
        var folders = new Folders(Packages.Sync);

        Packages.Sync.Assembly.GetTypes()
            .Where(type => type.DeclaringType is null
                && folders.Of(type) is { } folder
                && Packages.Sync.Room(folder) == PackageRules.FrontDoor)
            .Where(type => !type.IsPublic)
            .Select(type => type.FullName)
            .ShouldBeEmpty();
    }

    private static List<(string From, string To, string Why)> Needs(PackageRules package)
    {
        var folders = new Folders(package);
        return
        [
            .. from source in package.Assembly.GetTypes()
               let fromFolder = folders.Of(source)
               where fromFolder is not null
               from target in TypeReferences.Of(source)
               where target.Assembly == package.Assembly
               let toFolder = folders.Of(target)
               where toFolder is not null
               let @from = package.Room(fromFolder)
               let to = package.Room(toFolder)
               where @from != to
               select (@from, to, $"{@from} -> {to}: {source.Name} -> {target.Name}"),
        ];
    }

    /// <summary>Lists what each folder needs that needs it in turn, directly or through others.</summary>
    private static IEnumerable<string> Circles(List<(string From, string To, string Why)> needs)
    {
        var edges = needs.ToLookup(need => need.From, need => need.To);
        return needs.Where(need => Reaches(need.To, need.From, [])).Select(need => need.Why).Distinct().Order(StringComparer.Ordinal);

        bool Reaches(string from, string to, HashSet<string> seen) =>
            from == to || (seen.Add(from) && edges[from].Distinct().Any(next => Reaches(next, to, seen)));
    }
}
