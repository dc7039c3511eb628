using System.Text.RegularExpressions;

namespace BrxSync.Architecture.Tests.Sources;

/// <summary>Source is read beside other source: two files, or the two sides of a change, fit on one screen.</summary>
public sealed partial class LineLengthTests
{
    private const int MaximumColumns = 140;

    private static readonly string[] Folders = ["src", "samples", "benchmarks", "tests"];

    [Fact]
    public void SourceFiles_Lines_AreAtMost140Columns() =>
        Folders
            .SelectMany(folder => SourceFiles.Of(folder))
            .SelectMany(path => FindLong(File.ReadLines(path)).Select(line => $"{SourceFiles.Relative(path)}:{line}"))
            .ShouldBeEmpty("a long text stands alone on its line, or is put together from several");

    [Theory]
    [InlineData("    var name = \"{0}\";", true)]
    [InlineData("    Call(one, \"{0}\");", true)]
    [InlineData("    \"{0}\", \"{0}\"", true)]
    [InlineData("    // {0}", true)]
    [InlineData("    \"{0}\",", false)]
    [InlineData("    + $\"{0} \\\"quoted\\\" {{name}}\");", false)]
    [InlineData("    => @\"{0} \"\"quoted\"\"\";", false)]
    [InlineData("    \"\"\"{0} \"quoted\"\"\"\");", false)]
    [InlineData("    // https://example.org/{0}", false)]
    public void FindLong_Line_IsFoundUnlessItIsOneLongText(string line, bool isFound) =>
        FindLong([line.Replace("{0}", new string('x', MaximumColumns), StringComparison.Ordinal)]).Any().ShouldBe(isFound);

    [Fact]
    public void FindLong_RawTextOfSeveralLines_IsPassedOver()
    {
        var text = new string('x', MaximumColumns + 1);

        FindLong(["    const string Sql = \"\"\"", text, "    \"\"\";", text]).ShouldBe([$"4: {text.Length} columns"]);
    }

    private static IEnumerable<string> FindLong(IEnumerable<string> lines)
    {
        var number = 0;
        var isRaw = false;
        foreach (var line in lines)
        {
            number++;
            if (isRaw)
            {
                isRaw = !RawEnd().IsMatch(line);
            }
            else
            {
                isRaw = RawStart().IsMatch(line) && RawQuotes().Count(line) % 2 == 1;
            }

            if (!isRaw && line.Length > MaximumColumns && !LongText().IsMatch(line))
            {
                yield return $"{number}: {line.Length} columns";
            }
        }
    }

    [GeneratedRegex(@"(?<!""|@)""{3,}\s*$")]
    private static partial Regex RawStart();

    [GeneratedRegex(@"""{3,}")]
    private static partial Regex RawQuotes();

    [GeneratedRegex(@"^\s*""{3,}")]
    private static partial Regex RawEnd();

    /// <summary>One string, whatever its kind, with an operator before and brackets and a comma behind; or an address.</summary>
    [GeneratedRegex(
        """""
        ^\s*(?:
          (?:(?:\+|\?|:|=>|\?\?)\s+)?
          (?: \$*"{3} (?:(?!"{3}).)* "{3,4} | \$?@\$?" (?:[^"]|"")* " | \$*" (?:[^"\\]|\\.)* " )
          (?:u8)? [\])},;]*
          | //[^ ]*\s+ (?:<[^>]*>)? https?://\S+
        )$
        """"",
        RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex LongText();
}
