using System.Text.RegularExpressions;
using BrxSync.Architecture.Tests.Sources;

namespace BrxSync.Architecture.Tests.Walls;

/// <summary>The types of what goes to a database and comes from it are said in a few places: no host's setting has a say in them.</summary>
public sealed partial class GuestTypesTests
{
    private const string Adapters = "src/BrxSync.Sync/Adapters/";

    // The scheduler's tables hold no dates, and what it reads and writes is text, whole numbers, flags and bytes.
    private const string Scheduler = Adapters + "PostgreSql/Scheduling/";

    private static readonly string[] PlacesOfParameters =
    [
        Adapters + "Sql/Access/Parameters.cs",
        Adapters + "PostgreSql/StockBatch.cs",
        Scheduler + "SchedulerBatchCommand.cs",
        Scheduler + "SchedulerCommand.cs",
    ];

    public static TheoryData<string> PackageNames => Packages.Names;

    [Fact]
    public void Parameters_OfStatements_AreMadeInTheirPlaces() =>
        Files(Parameter()).ShouldBe(PlacesOfParameters, ignoreOrder: true);

    [Fact]
    public void Values_OfRows_AreReadByTypesThatNoSwitchChanges() =>
        Files(Switched()).ShouldBe(
            [Scheduler + "SchedulerBatch.cs", Scheduler + "SchedulerCommand.cs"],
            ignoreOrder: true,
            "dates of .NET and untyped values mean what the host's switches say");

    [Theory]
    [MemberData(nameof(PackageNames))]
    public void Assembly_References_NoMapperOfTheHost(string name) =>
        Packages.Get(name).Assembly.GetReferencedAssemblies().Select(reference => reference.Name).ShouldNotContain("Dapper");

    [Theory]
    [InlineData("command.Parameters.AddWithValue(", true)]
    [InlineData("command.CreateParameter()", true)]
    [InlineData("new NpgsqlParameter<long> {", true)]
    [InlineData("new Npgsql.NpgsqlParameter(", true)]
    [InlineData("new SqliteParameter(", true)]
    [InlineData("((NpgsqlParameter)parameter).NpgsqlDbType", false)]
    public void Parameter_Sample_IsToldApart(string text, bool made) => Parameter().IsMatch(text).ShouldBe(made);

    private static List<string> Files(Regex pattern) =>
        [.. SourceFiles.Of("src").Where(path => pattern.IsMatch(File.ReadAllText(path))).Select(SourceFiles.Relative)];

    [GeneratedRegex(@"\bCreateParameter\(|\bAddWithValue\(|\bnew (?:[\w.]+\.)?(?:Npgsql|Sqlite)Parameter\b")]
    private static partial Regex Parameter();

    [GeneratedRegex(
        @"\bGetDateTime\(|\bGetFieldValue(?:Async)?<DateTime|eader\.GetValue\(|eader\[|ExecuteScalar(?:Async)?\(|NpgsqlParameter<DateTime")]
    private static partial Regex Switched();
}
