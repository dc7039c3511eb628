using System.Text.Json;
using BrxSync.Client.Catalog;
using BrxSync.Client.Errors;
using BrxSync.Client.Inventory;
using BrxSync.Sync.Changes.Properties;

namespace BrxSync.Sync.Tests.Changes.Properties;

/// <summary>What is sent of wanted properties, with and without knowing what their blueprint allows.</summary>
public sealed class PropertySelectionRuleTests
{
    private static readonly PropertyDefinition[] Definitions =
    [
        Define("condition", "\"Near Mint\"", "\"Slightly Played\"", "\"Poor\""),
        Define("mtg_language", "\"en\"", "\"jp\""),
        Define("mtg_foil", "true", "false") with { Type = "boolean" },
        Define("collector_number"),
    ];

    [Fact]
    public void Allowed_AsItIs_IsSentWithoutANote()
    {
        var notes = Allowed(("condition", "Poor"), ("mtg_foil", true));

        notes.Sent.ShouldBe(new Dictionary<string, PropertyValue> { ["condition"] = "Poor", ["mtg_foil"] = true }, ignoreOrder: true);
        notes.All.ShouldBeEmpty();
    }

    [Fact]
    public void Allowed_InOtherWords_IsSentAndNoted() =>
        Allowed(("condition", "nm"), ("language", "Japanese"), ("mtg_foil", "true")).All.ShouldBe(
            [
                new("condition", "nm", "condition", "Near Mint", PropertyNoteKind.Changed, "CardTrader's words for it."),
                new("language", "Japanese", "mtg_language", "jp", PropertyNoteKind.Changed, "CardTrader's words for it."),
                new("mtg_foil", "true", "mtg_foil", true, PropertyNoteKind.Changed, "CardTrader's words for it."),
            ],
            ignoreOrder: true);

    [Theory]
    [InlineData("signed", "true", (int)PropertyNoteKind.Dropped)]
    [InlineData("collector_number", "7", (int)PropertyNoteKind.Dropped)]
    [InlineData("condition", "", (int)PropertyNoteKind.Dropped)]
    [InlineData("condition", "Played", (int)PropertyNoteKind.Refused)]
    [InlineData("mtg_language", "zh", (int)PropertyNoteKind.Refused)]
    [InlineData("mtg_foil", "2", (int)PropertyNoteKind.Refused)]
    public void Allowed_WhatIsNot_IsNotSentAndSaysWhy(string name, string value, int kind)
    {
        var notes = Allowed((name, value));

        notes.Sent.ShouldBeEmpty();
        var note = notes.All.ShouldHaveSingleItem();
        (note.Name, note.Wanted, note.SentName, note.Sent).ShouldBe((name, PropertyValue.FromString(value), null, null));
        note.Kind.ShouldBe((PropertyNoteKind)kind);
        note.Reason.ShouldNotBeEmpty();
    }

    [Fact]
    public void Allowed_NameAndAWordForIt_TheNameCounts()
    {
        var notes = Allowed(("language", "en"), ("mtg_language", "jp"));

        notes.Sent.ShouldHaveSingleItem().Value.ShouldBe("jp");
        notes.All.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            note => note.Name.ShouldBe("language"), note => note.Kind.ShouldBe(PropertyNoteKind.Refused));
    }

    [Fact]
    public void Unlearned_ProductThatExists_SendsWhatItHasOfACopy()
    {
        var notes = Unlearned(
            [("condition", "LP"), ("mtg_language", "ja"), ("mtg_foil", "true"), ("signed", true), ("mtg_rarity", "Rare"), ("altered", "")],
            [("condition", "Near Mint"), ("mtg_language", "en"), ("mtg_foil", false), ("mtg_rarity", "Common"), ("altered", false)]);

        notes.Sent.ShouldBe(
            new Dictionary<string, PropertyValue> { ["condition"] = "Slightly Played", ["mtg_language"] = "jp", ["mtg_foil"] = true },
            ignoreOrder: true);
        notes.All.Where(note => note.Sent is null).Select(note => (note.Name, note.Kind)).ShouldBe(
            [("altered", PropertyNoteKind.Dropped), ("mtg_rarity", PropertyNoteKind.Withheld), ("signed", PropertyNoteKind.Withheld)]);
    }

    [Fact]
    public void Unlearned_ProductToBeCreated_SendsWhatDescribesACopy()
    {
        var notes = Unlearned([("condition", "Poor"), ("fab_foil_new", "Cold"), ("pokemon_reverse", true), ("artist", "X")], []);

        notes.Sent.Keys.ShouldBe(["condition", "fab_foil_new", "pokemon_reverse"]);
        notes.All.ShouldHaveSingleItem().Kind.ShouldBe(PropertyNoteKind.Withheld);
    }

    [Theory]
    [InlineData("properties.mtg_foil", "value was ignored", true)]
    [InlineData("", "Condition is not included in the list", true)]
    [InlineData("", "wrong property", true)]
    [InlineData("price", "must be greater than 0", false)]
    public void Concern_Complaint_IsAboutPropertiesIfItNamesOne(string path, string text, bool expected)
    {
        var plan = new PropertyPlan
        {
            Blueprint = new(1), Send = new Dictionary<string, PropertyValue> { ["condition"] = "Poor" }, Notes = [],
        };

        PropertyRefusals.Concern([new CardTraderFault(path, text)], plan).ShouldBe(expected);
        PropertyRefusals.Concern(
            [new CardTraderFault(path, text)], plan with { Send = new Dictionary<string, PropertyValue>() }).ShouldBeFalse();
    }

    private static PropertyNotes Allowed(params (string Name, PropertyValue Value)[] wanted)
    {
        var notes = new PropertyNotes();
        AllowedProperties.Select(Definitions, wanted.ToDictionary(pair => pair.Name, pair => pair.Value), notes);
        return notes;
    }

    private static PropertyNotes Unlearned((string Name, PropertyValue Value)[] wanted, (string Name, PropertyValue Value)[] current)
    {
        var notes = new PropertyNotes();
        UnlearnedProperties.Select(
            wanted.ToDictionary(pair => pair.Name, pair => pair.Value), current.ToDictionary(pair => pair.Name, pair => pair.Value), notes);
        return notes;
    }

    private static PropertyDefinition Define(string name, params string[] values) =>
        new() { Name = name, Type = "string", PossibleValues = [.. values.Select(value => JsonElement.Parse(value))] };
}
