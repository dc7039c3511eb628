using System.Text.Json;
using BrxSync.Client.Catalog;
using BrxSync.Client.Inventory;
using BrxSync.Testing;

namespace BrxSync.Client.Tests.Inventory;

public sealed class PropertySelectionTests
{
    private static readonly PropertyDefinition Condition = Define(
        "condition", "\"Near Mint\"", "\"Slightly Played\"", "\"Moderately Played\"", "\"Played\"", "\"Poor\"");
    private static readonly PropertyDefinition Language = Define(
        "mtg_language", "\"en\"", "\"it\"", "\"jp\"", "\"kr\"", "\"zh-CN\"", "\"zh-TW\"");
    private static readonly PropertyDefinition Foil = Define("mtg_foil", "true", "false") with { Type = "boolean" };
    private static readonly PropertyDefinition Number = Define("collector_number");

    [Theory]
    [InlineData("NM", "Near Mint")]
    [InlineData("near mint", "Near Mint")]
    [InlineData("Near-Mint", "Near Mint")]
    [InlineData("Mint", "Near Mint")]
    [InlineData("lightly played", "Slightly Played")]
    [InlineData("LP", "Slightly Played")]
    [InlineData("EX", "Slightly Played")]
    [InlineData("MP", "Moderately Played")]
    [InlineData("Heavily Played", "Played")]
    [InlineData("damaged", "Poor")]
    public void For_Condition_IsTranslated(string text, string expected) =>
        Select([Condition], ("condition", text)).Accepted["condition"].ShouldBe(expected);

    [Fact]
    public void For_ConditionNoLongerOffered_IsOnlyReplacedByALowerOne()
    {
        Select([Define("condition", "\"Mint\"", "\"Near Mint\"")], ("condition", "M")).Accepted["condition"].ShouldBe("Mint");
        Select(
            [Define("condition", "\"Heavily Played\"", "\"Near Mint\"")],
            ("condition", "HP")).Accepted["condition"].ShouldBe("Heavily Played");
        Select([Define("condition", "\"Near Mint\"")], ("condition", "Poor")).Faults.Single().Text
            .ShouldBe("\"Poor\" is not allowed; allowed are Near Mint.");
    }

    [Theory]
    [InlineData("en", "en")]
    [InlineData("English", "en")]
    [InlineData("ja", "jp")]
    [InlineData("ko", "kr")]
    [InlineData("zh-Hans", "zh-CN")]
    [InlineData("zh_TW", "zh-TW")]
    [InlineData("zh-cn", "zh-CN")]
    public void For_Language_IsTranslated(string text, string expected) =>
        Select([Language], ("mtg_language", text)).Accepted["mtg_language"].ShouldBe(expected);

    [Theory]
    [InlineData("zh")]
    [InlineData("klingon")]
    [InlineData("de")]
    public void For_LanguageNotOffered_IsAFaultThatNamesTheOffered(string text) =>
        Select([Language], ("language", text)).Faults.Single().Text.ShouldContain("allowed are en, it, jp, kr, zh-CN, zh-TW");

    [Fact]
    public void For_GenericNames_MeanThePropertyOfTheGame()
    {
        var selection = Select([Condition, Language, Foil], ("language", "japanese"), ("foil", true));

        selection.Accepted["mtg_language"].ShouldBe("jp");
        selection.Accepted["mtg_foil"].ShouldBe(true);
        selection.Accepted.Keys.ShouldBe(["mtg_language", "mtg_foil"]);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("No", false)]
    [InlineData("1", true)]
    public void For_BooleanAsText_IsABoolean(string text, bool expected) =>
        Select([Foil], ("mtg_foil", text)).Accepted["mtg_foil"].ShouldBe(expected);

    [Fact]
    public void For_BooleanThatIsNone_IsAFault() => Select([Foil], ("mtg_foil", "shiny")).Faults.Single().Path.ShouldBe("mtg_foil");

    [Fact]
    public void For_BooleanOfAPropertyOfTexts_IsAFaultThatNamesThem() =>
        Select([Define("fow_foil", "\"Foil\"", "\"Non-Foil\"")], ("foil", true)).Faults.Single().Text
            .ShouldBe("\"true\" is not allowed; allowed are Foil, Non-Foil.");

    [Fact]
    public void For_PropertyNotOfferedOrReadOnly_IsDropped()
    {
        var selection = Select([Condition, Number], ("condition", "NM"), ("mtg_foil", false), ("collector_number", "108"));

        selection.Accepted.Keys.ShouldBe(["condition"]);
        selection.Dropped.Select(fault => fault.Path).ShouldBe(["mtg_foil", "collector_number"]);
        selection.Faults.ShouldBeEmpty();
    }

    [Fact]
    public void For_BlueprintThatOffersNothing_DropsEverything() => Select([], ("condition", "NM")).Accepted.ShouldBeEmpty();

    [Fact]
    public void Find_EveryCodeOfCardTrader_IsItsOwn()
    {
        foreach (var code in "en it fr de es pt jp kr ru zh-CN zh-TW nl pl cz hu th sv id".Split(' '))
        {
            CardLanguage.Find(code).ShouldBe(code);
            CardLanguage.Find(code.ToUpperInvariant()).ShouldBe(code);
        }

        CardLanguage.Find("cs").ShouldBe("cz");
    }

    [Fact]
    public void Find_UnknownCondition_IsNull() => CardCondition.Find("used").ShouldBeNull();

    [SampleDataFact]
    public void For_RecordedBlueprints_EveryAllowedValueIsAcceptedAsItIs()
    {
        var blueprints = JsonDocument.Parse(
            File.ReadAllBytes(RepositoryPaths.SampleDataAt("real", "blueprints_export.expansion-979.json")));
        foreach (var property in blueprints.RootElement.EnumerateArray()
            .SelectMany(blueprint => blueprint.GetProperty("editable_properties").EnumerateArray()))
        {
            var definition = new PropertyDefinition
            {
                Name = property.GetProperty("name").GetString()!,
                Type = property.GetProperty("type").GetString(),
                PossibleValues = [.. property.GetProperty("possible_values").EnumerateArray()],
            };
            foreach (var value in definition.PossibleValues)
            {
                PropertyValue wanted = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetBoolean();
                Select([definition], (definition.Name, wanted)).Accepted[definition.Name].ShouldBe(wanted);
            }
        }
    }

    private static PropertyDefinition Define(string name, params string[] values) => new()
    {
        Name = name, Type = "string", PossibleValues = [.. values.Select(value => JsonElement.Parse(value))],
    };

    private static PropertySelection Select(PropertyDefinition[] editable, params (string Name, PropertyValue Value)[] wanted) =>
        PropertySelection.For(editable, wanted.ToDictionary(pair => pair.Name, pair => pair.Value));
}
