using System.Text.RegularExpressions;

namespace BrxSync.Architecture.Tests.Sources;

/// <summary>The repository speaks of the product alone: no machine's folders, no registry's address, no reference outside itself.</summary>
public sealed partial class ForbiddenTextTests
{
    private static readonly string[] TextFiles =
    [
        ".cs", ".md", ".sh", ".json", ".csproj", ".props", ".targets", ".config", ".yml", ".yaml", ".sql", ".txt", ".sln", ".xml", "",
    ];

    [Fact]
    public void Repository_TextFiles_NameNoMachineAndNoRegistry()
    {
        var found =
            from path in SourceFiles.All()
            where TextFiles.Contains(Path.GetExtension(path))
                && !path.EndsWith(nameof(ForbiddenTextTests) + ".cs", StringComparison.Ordinal)
            from line in File.ReadLines(path).Select((text, index) => (Text: text, Number: index + 1))
            where Forbidden().IsMatch(line.Text)
            select $"{SourceFiles.Relative(path)}:{line.Number}: {line.Text.Trim()}";

        found.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/" + "work/main/file", true)]
    [InlineData("see ../shared/" + "design.md", true)]
    [InlineData("\"resolved\": \"https://registry." + "npmjs.org/x\"", true)]
    [InlineData("the worker's framework/work item", false)]
    [InlineData("../shared/data", false)]
    [InlineData("the house " + "style.md", true)]
    [InlineData("See docs/operations/performance.md", false)]
    public void Forbidden_Sample_IsToldApart(string text, bool forbidden) => Forbidden().IsMatch(text).ShouldBe(forbidden);

    [GeneratedRegex(
        @"(^|[^A-Za-z0-9_.])/(work|farm|root|home/\w+)/[a-z.]|\.\./shared/(?!data)|""resolved""\s*:\s*""http|registry\.npmjs|api\.nuget\.org|(?<!docs/[\w/-]{0,60})\b(design|style|performance|http-api|cardtrader-api)\.md\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Forbidden();
}
