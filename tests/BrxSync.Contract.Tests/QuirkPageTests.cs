using System.Text.RegularExpressions;
using BrxSync.Testing;

namespace BrxSync.Contract.Tests;

/// <summary>The page of quirks names a test for each, and the tests it names exist.</summary>
public sealed partial class QuirkPageTests
{
    private static readonly string[] Rows =
        [.. File.ReadLines(RepositoryPaths.At("docs", "reference", "client-quirks.md"))
            .Where(line => line.Length > 2 && char.IsAsciiDigit(line[2]))];

    [Fact]
    public void Page_EveryQuirk_NamesATest()
    {
        Rows.Select(row => row.Split('|')[1].Trim())
            .ShouldBe(Enumerable.Range(1, 29).Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        Rows.ShouldAllBe(row => TestName().IsMatch(row));
    }

    [Fact]
    public void Page_EveryTestItNames_Exists()
    {
        var sources = new[] { "BrxSync.Contract.Tests", "BrxSync.Client.Tests" }
            .SelectMany(project => Directory.GetFiles(RepositoryPaths.At("tests", project), "*Tests.cs", SearchOption.AllDirectories))
            .GroupBy(file => Path.GetFileNameWithoutExtension(file), StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => File.ReadAllText(group.First()), StringComparer.Ordinal);

        foreach (Match test in Rows.SelectMany(row => TestName().Matches(row)))
        {
            sources.ShouldContainKey(test.Groups[1].Value, test.Value);
            sources[test.Groups[1].Value].ShouldContain(test.Groups[2].Value + "(", Case.Sensitive, test.Value);
        }
    }

    [GeneratedRegex(@"`(\w+Tests)\.(\w+)`")]
    private static partial Regex TestName();
}
