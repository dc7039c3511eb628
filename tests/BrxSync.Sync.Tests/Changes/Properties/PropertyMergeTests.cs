using System.Text;
using System.Text.Json;
using BrxSync.Client.Inventory;
using BrxSync.Sync.Changes.Properties;

namespace BrxSync.Sync.Tests.Changes.Properties;

/// <summary>An edit of properties, key by key.</summary>
public sealed class PropertyMergeTests
{
    private const string Stored = """{"condition":"Near Mint","mtg_foil":true}""";

    [Fact]
    public void Merge_GivenKeys_ReplaceAndOthersStay() =>
        Merge(Stored, """{"signed":false,"mtg_foil":null}""").ShouldBe(
            ("""{"condition":"Near Mint","mtg_foil":true,"signed":false}""", "signed"));

    [Fact]
    public void Merge_NullThatClears_TakesThePropertyAway() =>
        Merge(Stored, """{"mtg_foil":null,"unknown":null}""", nullClears: true).ShouldBe(("""{"condition":"Near Mint"}""", "mtg_foil"));

    [Theory]
    [InlineData("""{"mtg_foil":false}""", """{"condition":"Near Mint","mtg_foil":false}""", "mtg_foil")]
    [InlineData("""{"mtg_foil":""}""", """{"condition":"Near Mint","mtg_foil":""}""", "mtg_foil")]
    [InlineData("""{"mtg_foil":true}""", Stored, "")]
    [InlineData("""{"cmc":2,"n":{"a":[1]}}""", """{"condition":"Near Mint","mtg_foil":true,"cmc":2,"n":{"a":[1]}}""", "cmc,n")]
    [InlineData("{}", Stored, "")]
    public void Merge_AnyValue_ReplacesWholeAndTellsWhatChanged(string given, string merged, string changed) =>
        Merge(Stored, given).ShouldBe((merged, changed));

    [Fact]
    public void Merge_NestedValue_IsReplacedWhole() =>
        Merge("""{"n":{"a":1,"b":2},"m":[1.0]}""", """{"n":{"c":3},"m":[1]}""").ShouldBe(("""{"n":{"c":3},"m":[1.0]}""", "n"));

    [Theory]
    [InlineData("NM", "Near Mint")]
    [InlineData("sp", "Slightly Played")]
    [InlineData("MP", "Moderately Played")]
    [InlineData("PL", "Played")]
    [InlineData("HP", "Heavily Played")]
    [InlineData("PO", "Poor")]
    [InlineData("lightly PLAYED", "Slightly Played")]
    [InlineData("Damaged", "Poor")]
    [InlineData("mint", "Mint")]
    [InlineData("", "")]
    public void Merge_Condition_IsKeptUnderItsName(string given, string kept) =>
        Merge("{}", $$"""{"condition":"{{given}}"}""").ShouldBe(($$"""{"condition":"{{kept}}"}""", "condition"));

    [Fact]
    public void Merge_ConditionInAnotherForm_ChangesNothing() => Merge(Stored, """{"condition":"nm"}""").ShouldBe((Stored, ""));

    [Theory]
    [InlineData("\"Bad\"")]
    [InlineData("1")]
    [InlineData("true")]
    public void Merge_ConditionThatIsNone_IsAFault(string value)
    {
        var result = Result(Stored, $$"""{"condition":{{value}},"signed":true}""");

        result.Faults.ShouldHaveSingleItem().Name.ShouldBe("condition");
        result.Faults[0].Text.ShouldContain("Near Mint, Slightly Played");
        (result.Merged.ToString(), result.Changed.Count).ShouldBe((Stored, 0));
    }

    [Fact]
    public void Merge_TooManyKeys_IsAFaultOfTheEdit()
    {
        Result("{}", Keys(64)).Faults.ShouldBeEmpty();
        Result("{}", Keys(65)).Faults.ShouldHaveSingleItem().Name.ShouldBeNull();
    }

    [Fact]
    public void Merge_TooLongAnEdit_IsAFaultOfTheEdit()
    {
        var room = PropertyMerge.MostBytes - """{"a":""}""".Length;

        Result("{}", $$"""{"a":"{{new string('x', room)}}"}""").Faults.ShouldBeEmpty();
        Result("{}", $$"""{"a":"{{new string('x', room + 1)}}"}""").Faults.ShouldHaveSingleItem().Text.ShouldContain("16385 bytes");
    }

    [Fact]
    public void Merge_IntoMoreThanAnEditMayMake_MayOnlyMakeItSmaller()
    {
        var large = Keys(70);

        Result(large, """{"k1":9}""").Changed.ShouldBe(["k1"]);
        Result(large, """{"new":1}""").Faults.ShouldHaveSingleItem().Text.ShouldContain("71 properties");
    }

    [Theory]
    [InlineData("""{"a":"\u0000"}""", "a")]
    [InlineData("""{"a":1e99999}""", "a")]
    [InlineData("""{"a":"\ud800"}""", null)]
    [InlineData("""{"":1}""", "")]
    public void Merge_WhatNoStoreKeeps_IsAFault(string given, string? name) =>
        Result(Stored, given).Faults.ShouldHaveSingleItem().Name.ShouldBe(name);

    [Fact]
    public void Of_StoredProperties_GivesWhatCanBeSent()
    {
        var values = PropertyValues.Of(Parse("""{"a":"x","b":true,"c":2.50,"d":null,"e":[1],"f":{}}"""));

        values.ShouldBe(new Dictionary<string, PropertyValue> { ["a"] = "x", ["b"] = true, ["c"] = "2.50" }, ignoreOrder: true);
    }

    private static string Keys(int count) => "{" + string.Join(',', Enumerable.Range(1, count).Select(i => $"\"k{i}\":{i}")) + "}";

    private static (string Merged, string Changed) Merge(string stored, string given, bool nullClears = false)
    {
        var result = Result(stored, given, nullClears);
        result.Faults.ShouldBeEmpty();
        return (result.Merged.ToString(), string.Join(',', result.Changed));
    }

    private static PropertyMergeResult Result(string stored, string given, bool nullClears = false) => PropertyMerge.Merge(
        Parse(stored),
        JsonElement.Parse(given).EnumerateObject().ToDictionary(property => property.Name, property => property.Value),
        nullClears);

    private static ProductProperties Parse(string json) => ProductProperties.FromUtf8Json(Encoding.UTF8.GetBytes(json));
}
