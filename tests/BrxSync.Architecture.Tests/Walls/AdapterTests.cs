namespace BrxSync.Architecture.Tests.Walls;

/// <summary>Inside the engine: the core knows its ports, an adapter knows its own database, and the stock rules know nothing.</summary>
public sealed class AdapterTests
{
    private const string Adapters = "Adapters";
    private const string SharedSql = "Adapters/Sql";

    private static readonly Folders EngineFolders = new(Packages.Sync);

    private static readonly Dictionary<string, string[]> Homes = new(StringComparer.Ordinal)
    {
        ["Npgsql"] = ["Adapters/PostgreSql"],
        ["NpgsqlTypes"] = ["Adapters/PostgreSql"],
        ["Microsoft.Data.Sqlite"] = ["Adapters/Sqlite"],
        ["SQLitePCL"] = ["Adapters/Sqlite"],
        ["MySqlConnector"] = ["Adapters/MySql"],
        ["StackExchange.Redis"] = ["Adapters/Redis"],
    };

    private static readonly string[] Impure =
    [
        "System.IO.", "System.Net.", "System.Data.", "System.TimeProvider", "System.Threading.", "System.Random",
        "System.Diagnostics.Stopwatch",
        "Microsoft.Extensions.", "BrxSync.Client.Http.",
    ];

    [Fact]
    public void Core_Types_NeverMentionAnAdapter() =>
        Mentions(type => !IsIn(type, Adapters), to => IsIn(to, Adapters)).ShouldBeEmpty();

    [Fact]
    public void Adapter_Types_NeverMentionAnotherAdapter() =>
        Mentions(
            type => IsIn(type, Adapters),
            (from, to) => IsIn(to, Adapters) && !IsIn(to, SharedSql) && !IsIn(to, AdapterOf(from))).ShouldBeEmpty();

    [Fact]
    public void Drivers_AreMentioned_OnlyInTheirOwnFolder() =>
        Mentions(
            _ => true,
            (from, to) => Homes.Any(home => IsOf(to, home.Key) && !home.Value.Any(folder => IsIn(from, folder)))).ShouldBeEmpty();

    [Fact]
    public void StockRules_Types_DoNoInputOutputAndReadNoClock() =>
        Mentions(
            type => IsIn(type, "Stock"),
            to => IsIn(to, Adapters) || IsIn(to, "Abstractions")
                || Impure.Any(prefix => to.FullName!.StartsWith(prefix, StringComparison.Ordinal))).ShouldBeEmpty();

    [Fact]
    public void TypeReferences_OfThisTest_SeeMethodBodies() =>
        TypeReferences.Of(typeof(AdapterTests)).ShouldContain(typeof(TypeReferences));

    private static List<string> Mentions(Func<Type, bool> of, Func<Type, bool> to) => Mentions(of, (_, target) => to(target));

    private static List<string> Mentions(Func<Type, bool> of, Func<Type, Type, bool> to) =>
    [
        .. from source in Packages.Sync.Assembly.GetTypes()
           where EngineFolders.Of(source) is not null && of(source)
           from target in TypeReferences.Of(source)
           where target.Namespace is not null && to(source, target)
           select $"{source.FullName} -> {target.FullName}",
    ];

    private static bool IsOf(Type type, string name) =>
        type.Namespace == name || type.Namespace!.StartsWith(name + ".", StringComparison.Ordinal);

    private static bool IsIn(Type type, string folder) => type.Assembly == Packages.Sync.Assembly
        && EngineFolders.Of(type) is { } own && (own == folder || own.StartsWith(folder + "/", StringComparison.Ordinal));

    // Adapters/PostgreSql/Snapshots -> Adapters/PostgreSql
    private static string AdapterOf(Type type) => string.Join('/', EngineFolders.Of(type)!.Split('/').Take(2));
}
