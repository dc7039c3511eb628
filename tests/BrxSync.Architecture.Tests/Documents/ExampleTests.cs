using System.Text.RegularExpressions;
using BrxSync.Architecture.Tests.Sources;
using BrxSync.Testing;

namespace BrxSync.Architecture.Tests.Documents;

/// <summary>
/// Every C# block of a package's README or a guide is a piece of a file that the build compiles: <c>&lt;!-- example: path#name --&gt;</c>
/// above the block names the file and the lines between <c>// example: name</c> and <c>// end</c>.
/// </summary>
public sealed partial class ExampleTests
{
    public static TheoryData<string> Pages =>
    [
        .. SourceFiles.All()
            .Where(path => path.EndsWith(".md", StringComparison.Ordinal))
            .Where(path => Block().IsMatch(File.ReadAllText(path)))
            .Select(SourceFiles.Relative),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_CSharpBlocks_AreCompiledExamples(string page)
    {
        var path = RepositoryPaths.At(page);
        var text = File.ReadAllText(path).ReplaceLineEndings("\n");

        Approval.Check(path, Block().Replace(text, block => Written(page, block)));
    }

    [Fact]
    public void Readme_OfTheRepository_HasAnExample() => ((IEnumerable<object[]>)Pages).Select(page => page[0]).ShouldContain("README.md");

    [Fact]
    public void Readmes_OfEveryPackage_HaveInstallExampleAndLink()
    {
        foreach (var package in Packages.All)
        {
            var text = File.ReadAllText(Path.Combine(package.Folder, "README.md"));
            text.ShouldContain($"dotnet add package {package.Name}", customMessage: package.Name);
            text.ShouldContain("```csharp", customMessage: package.Name);
        }
    }

    private static string Written(string page, Match block)
    {
        block.Groups["file"].Success.ShouldBeTrue(
            $"{page}: a csharp block needs a line <!-- example: path#name --> above it:\n{block.Value}");
        var file = RepositoryPaths.At(block.Groups["file"].Value);
        File.Exists(file).ShouldBeTrue($"{page} takes an example from {file}, which does not exist");
        var parts = Parts(File.ReadAllLines(file), $"// example: {block.Groups["name"].Value}").ToList();
        parts.ShouldNotBeEmpty($"{page}: {block.Groups["file"].Value} has no example {block.Groups["name"].Value}");
        return $"{block.Groups["marker"].Value}```csharp\n{string.Join("\n", parts)}```";
    }

    // An example may stand in several places of its file: the usings at the top, the code in a method.
    private static IEnumerable<string> Parts(string[] lines, string start)
    {
        for (var at = 0; at < lines.Length; at++)
        {
            if (lines[at].Trim() != start)
            {
                continue;
            }

            var part = lines.Skip(at + 1).TakeWhile(line => line.Trim() != "// end").ToList();
            var indent = part.Where(line => line.Trim().Length > 0).Min(line => line.Length - line.TrimStart().Length);
            yield return string.Concat(part.Select(line => (line.Length >= indent ? line[indent..] : "") + "\n"));
        }
    }

    [GeneratedRegex(
        @"(?<marker><!-- example: (?<file>[^#\s]+)#(?<name>[\w-]+) -->\n+)?```csharp\n.*?^```",
        RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();
}
