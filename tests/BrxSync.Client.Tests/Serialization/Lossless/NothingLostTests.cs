using System.Reflection;
using System.Text.Json;
using BrxSync.Client.Catalog;
using BrxSync.Client.Errors;
using BrxSync.Client.Inventory;
using BrxSync.Client.Jobs;
using BrxSync.Client.Orders;
using BrxSync.Client.Webhooks;
using BrxSync.Testing;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using Xunit.Abstractions;

namespace BrxSync.Client.Tests.Serialization.Lossless;

/// <summary>Whatever CardTrader sends is held by what was read of it, or named as a fault with its raw value beside it.</summary>
public sealed class NothingLostTests(ITestOutputHelper output)
{
    private const int Bodies = 250;
    private const ulong Seed = 20_261_130;

    // Set by calls and not by answers, or the faults of a part, which no good body has.
    private static readonly string[] NotSent =
    [
        nameof(CardTraderRecord.ExtensionData), nameof(CardTraderRecord.Faults), nameof(Order.ItemsFault),
        nameof(OrderWebhookEvent.OrderFault), nameof(ProductWriteResult.ProductFault), nameof(ProductWriteResult.WasGone),
    ];

    /// <summary>Without those that hold another one's record and nothing else.</summary>
    public static TheoryData<string> NamesOfParts => [.. Answer.All
        .Select(answer => answer.Name).Where(name => name is not ("orders" or "found product" or "webhook of an order"))];

    public static TheoryData<string> Names => [.. Answer.All.Select(answer => answer.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_EverythingDocumented_IsHeldByMembersAlone(string name)
    {
        var answer = Find(name);

        new Balance().Check(answer, answer.Body);

        var atoms = Atoms.Of(answer.Read(JsonElement.Parse(answer.Body)));
        atoms.Records.ShouldAllBe(record => record.ExtensionData == null && record.Faults.Count == 0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_AnyUnknownKeysAndKinds_LosesNothing(string name)
    {
        var answer = Find(name);
        var balance = new Balance();
        var mutation = Gen.Choose(0, 999).Zip(Gen.Choose(0, (2 * Mutation.Kinds) - 1), (place, kind) => new Mutation(place, kind));
        var changes = Arb.From(
            Gen.NonEmptyListOf(mutation).Select(list => list.Take(8).ToArray()),
            list => list.Select((_, index) => list.Where((_, other) => other != index).ToArray()));

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(Bodies).WithQuietOnSuccess(true)
                .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(Seed), FSharpOption<int>.None))),
            Prop.ForAll(changes, list => balance.Check(answer, Mutation.Apply(answer.Body, list))));

        output.WriteLine($"{name}: {balance.Values} values of {Bodies} bodies, {balance.Named} named, {balance.Refused} refused, 0 lost");
        balance.Values.ShouldBeGreaterThan(Bodies);
    }

    [Theory]
    [MemberData(nameof(NamesOfParts))]
    public void Read_EveryKnownKeyOfEveryKind_LosesNothing(string name)
    {
        var answer = Find(name);
        var balance = new Balance();
        var places = Mutation.CountValues(answer.Body);
        for (var place = 0; place < places; place++)
        {
            for (var kind = 0; kind < Mutation.Kinds; kind++)
            {
                var isFlag = Mutation.ValueOf(kind, 0)?.ToJsonString() is "true" or "false" or "0";
                balance.Check(answer, Mutation.Apply(answer.Body, [new Mutation(place, Mutation.Kinds + kind)]), isFlag);
            }
        }

        output.WriteLine($"{name}: {balance.Values} values, {balance.Named} named, {balance.Refused} bodies refused, 0 lost");
    }

    [Fact]
    public void Records_EveryOneThatIsRead_KeepsWhatItDoesNotKnowAndIsTried()
    {
        var read = ReadTypes();

        read.Where(type => !type.IsSubclassOf(typeof(CardTraderRecord))).Select(type => type.Name).ShouldBeEmpty();
        var tried = Answer.All.SelectMany(answer => Atoms.Of(answer.Read(JsonElement.Parse(answer.Body))).Records)
            .ToLookup(record => record.GetType());
        read.Where(type => !type.IsAbstract && !tried.Contains(type)).Select(type => type.Name).ShouldBeEmpty("add a body that has one");
        var empty = read.Where(type => !type.IsAbstract)
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(member => member.CanWrite && !NotSent.Contains(member.Name))
                .Where(member => tried[type].All(record => IsNone(member, record)))
                .Select(member => $"{type.Name}.{member.Name}"));
        empty.ShouldBeEmpty("add a value to a body");
    }

    [SampleDataFact]
    public void Read_SampleData_LosesNothing()
    {
        var balance = new Balance();

        // Reading once more for every boolean of every row would take minutes: a quarter of the rows have to do.
        foreach (var (answer, body) in Samples())
        {
            balance.Check(answer, body, flags: body.Length % 4 == 0);
        }

        output.WriteLine($"sample data: {balance.Values} values, {balance.Named} named, {balance.Refused} bodies refused, 0 lost");
        balance.Values.ShouldBeGreaterThan(100_000);
        balance.Refused.ShouldBe(0);
    }

    private static Answer Find(string name) => Answer.All.Single(answer => answer.Name == name);

    private static bool IsNone(PropertyInfo member, object record) => member.GetValue(record) switch
    {
        null or System.Collections.ICollection { Count: 0 } => true,
        false or 0 => Nullable.GetUnderlyingType(member.PropertyType) is null,
        _ => false,
    };

    private static IEnumerable<(Answer Answer, string Body)> Samples()
    {
        foreach (var (name, file) in new[]
        {
            ("expansions", "expansions.json"), ("categories", "categories.json"), ("blueprints", "blueprints_export.expansion-979.json"),
            ("blueprints", "onepiece_blueprints.reduced.json"), ("expansions", "onepiece_expansions.reduced.json"),
        })
        {
            foreach (var row in RowsOf(RepositoryPaths.SampleDataAt("real", file)))
            {
                yield return (Find(name), $"[{row}]");
            }
        }

        foreach (var file in new[] { "seller-small", "seller-large", "quirks" })
        {
            foreach (var row in RowsOf(RepositoryPaths.SampleDataAt("derived", $"products_export.{file}.json")))
            {
                yield return (Find("export row"), row);
            }
        }

        foreach (var file in Directory.GetFiles(RepositoryPaths.SampleDataAt("derived", "orders"), "*.json")
            .Where(file => !Path.GetFileName(file).StartsWith("EXPECTED", StringComparison.Ordinal)))
        {
            var name = Path.GetFileName(file).StartsWith("list", StringComparison.Ordinal) ? "orders" : "order";
            yield return (Find(name), File.ReadAllText(file));
        }

        foreach (var file in Directory.GetFiles(RepositoryPaths.SampleDataAt("derived", "webhooks"), "*.json")
            .Where(file => char.IsAsciiDigit(Path.GetFileName(file)[0]) && WebhookParser.TryParse(File.ReadAllBytes(file), out _, out _)))
        {
            yield return (Find("webhook of an order"), File.ReadAllText(file));
        }
    }

    private static List<string> RowsOf(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(file));
        return [.. json.RootElement.EnumerateArray().Select(row => row.GetRawText())];
    }

    /// <summary>All records that a call of an area, or a webhook, can give.</summary>
    private static HashSet<Type> ReadTypes()
    {
        // What the client makes of answers and of what it was asked: nothing that was sent as it is.
        Type[] made = [typeof(BulkItemResult), typeof(UnreadableRow), typeof(CardTraderErrorDetails)];
        var found = new HashSet<Type>();
        var assembly = typeof(CardTraderRecord).Assembly;
        foreach (var area in typeof(ICardTraderAccount).GetProperties().Select(member => member.PropertyType)
            .Where(type => type.IsInterface))
        {
            Array.ForEach(area.GetMethods(), method => Add(method.ReturnType));
        }

        foreach (var type in assembly.GetExportedTypes().Where(type => type.IsAssignableTo(typeof(WebhookEvent))))
        {
            Add(type);
        }

        found.Contains(typeof(BlueprintImageSize)).ShouldBeTrue();
        return found;

        void Add(Type type)
        {
            Array.ForEach(type.GetGenericArguments(), Add);
            if (type.HasElementType)
            {
                Add(type.GetElementType()!);
            }

            if (type.Assembly != assembly || made.Contains(type) || type.GetMethod("<Clone>$") is null || !found.Add(type))
            {
                return;
            }

            foreach (var member in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            {
                Add(member.PropertyType);
            }
        }
    }
}
