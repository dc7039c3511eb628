using System.Text.RegularExpressions;
using BrxSync.Architecture.Tests.Sources;
using BrxSync.Testing;

namespace BrxSync.Architecture.Tests.Documents;

/// <summary>A link from one page of the repository to another leads somewhere.</summary>
public sealed partial class LinkTests
{
    [Fact]
    public void Pages_RelativeLinks_LeadToAFile()
    {
        var broken =
            from path in SourceFiles.All()
            where path.EndsWith(".md", StringComparison.Ordinal)
            from link in Link().Matches(File.ReadAllText(path)).Select(match => match.Groups["to"].Value)
            where !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith('#')
            let target = Path.Combine(Path.GetDirectoryName(path)!, link.Split('#')[0])
            where !File.Exists(target) && !Directory.Exists(target)
            select $"{SourceFiles.Relative(path)} -> {link}";

        broken.ShouldBeEmpty();
    }

    [Fact]
    public void Packages_OfTheRepository_AreAllInTheReadme()
    {
        var readme = File.ReadAllText(RepositoryPaths.At("README.md"));

        Packages.All.Where(package => !readme.Contains($"{package.Location}/README.md", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)")]
    private static partial Regex Link();
}
