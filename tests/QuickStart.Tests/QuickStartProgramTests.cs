using System.Text.Json;
using System.Text.RegularExpressions;
using BrxSync.Testing;

namespace QuickStart.Tests;

public sealed partial class QuickStartProgramTests : IDisposable
{
    private readonly StringWriter output = new();
    private readonly StringWriter errors = new();

    public static TheoryData<string, bool> Malformed
    {
        get
        {
            var rows = new TheoryData<string, bool>();
            using var expected = JsonDocument.Parse(
                File.ReadAllText(RepositoryPaths.SampleDataAt("derived", "products_export.malformed", "EXPECTED.json")));
            foreach (var row in expected.RootElement.EnumerateArray())
            {
                rows.Add(
                    row.GetProperty("file").GetString()!,
                    row.GetProperty("verdict").GetString()!.StartsWith("accept", StringComparison.Ordinal));
            }

            return rows;
        }
    }

    public void Dispose()
    {
        output.Dispose();
        errors.Dispose();
    }

    [Fact]
    public async Task RunAsync_Help_ShowsEveryOption()
    {
        (await RunAsync("--help")).ShouldBe(0);

        foreach (var option in (string[])["--export FILE", "--products N", "--postgres CONNECTION", "--token T", "--help"])
        {
            output.ToString().ShouldContain(option);
        }
    }

    [Fact]
    public async Task RunAsync_WrongOption_EndsWith2AndSaysWhy()
    {
        (await RunAsync("--speed")).ShouldBe(2);

        errors.ToString().ShouldContain("'--speed' is not an option");
        output.ToString().ShouldBeEmpty();
    }

    [Fact]
    public async Task RunAsync_GeneratedSeller_EndsWithEqualStock()
    {
        (await RunAsync("--products", "700")).ShouldBe(0, Everything());

        var text = output.ToString();
        text.ShouldContain("equal to the marketplace's");
        Rows(text).ShouldBe(["first sync 700 0 0 0 0", "second sync 10 7 688 5 0"]);
    }

    [Fact]
    public async Task RunAsync_SmallestSeller_EndsWithEqualStock() => (await RunAsync("--products", "1")).ShouldBe(0, Everything());

    [Fact]
    public async Task RunAsync_PostgreSqlTwice_EndsWithEqualStockBothTimes()
    {
        await using var database = await PostgreSqlDatabase.CreateAsync();

        (await RunAsync("--products", "700", "--postgres", database.ConnectionString)).ShouldBe(0, Everything());
        output.GetStringBuilder().Clear();
        (await RunAsync("--products", "700", "--postgres", database.ConnectionString)).ShouldBe(0, Everything());

        // The second marketplace starts from the beginning: what the first one changed goes back, and rows that were gone return.
        Rows(output.ToString()).ShouldBe(["first sync 0 12 688 10 0", "second sync 0 17 688 5 0"]);
    }

    [Fact]
    public async Task RunAsync_ExportThatEndsEarly_EndsWith1AndSaysWhatIsWrong()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, """[{"id":1,"blueprint_id":2,"quantity":3,"price":{"cents":100,"currency":"EUR"}},{"id":2""");
        try
        {
            (await RunAsync("--export", file)).ShouldBe(1, Everything());
        }
        finally
        {
            File.Delete(file);
        }

        output.ToString().ShouldContain("first sync: Failed.");
    }

    [SampleDataTheory]
    [MemberData(nameof(Malformed))]
    public async Task RunAsync_MalformedExport_SucceedsOnlyWhenItIsAccepted(string file, bool accepted) =>
        (await RunAsync("--export", RepositoryPaths.SampleDataAt("derived", "products_export.malformed", file))).ShouldBe(
            accepted ? 0 : 1, Everything());

    [SampleDataTheory]
    [InlineData("products_export.seller-small.json")]
    [InlineData("products_export.seller-large.json")]
    [InlineData("products_export.quirks.json")]
    public async Task RunAsync_SampleExport_EndsWithEqualStock(string file) =>
        (await RunAsync("--export", RepositoryPaths.SampleDataAt("derived", file))).ShouldBe(0, Everything());

    // Only what the table shows of a sync: title and counters.
    private static List<string> Rows(string text) =>
        [.. TableRow().Matches(text).Select(
            row => string.Join(' ', row.Value.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(6)))];

    [GeneratedRegex(@"^\| (first|second) sync.*$", RegexOptions.Multiline)]
    private static partial Regex TableRow();

    private Task<int> RunAsync(params string[] arguments) => QuickStartProgram.RunAsync(arguments, output, errors);

    private string Everything() => output.ToString() + errors;
}
