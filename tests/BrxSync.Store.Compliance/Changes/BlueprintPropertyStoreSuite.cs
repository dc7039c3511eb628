using BrxSync.Client;
using BrxSync.Client.Catalog;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records.Blueprints;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Store.Compliance.Changes;

/// <summary>What was learned about blueprints is kept for all processes.</summary>
public abstract class BlueprintPropertyStoreSuite : StoreSuite
{
    private static readonly DateTimeOffset Now = new(2031, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly PropertySet Foil = Set("mtg_foil", "true", "false");

    private static readonly PropertySet Language = Set("mtg_language", "\"en\"", "\"it\"");

    private IBlueprintPropertyStore Blueprints => Store.Services.GetRequiredService<IBlueprintPropertyStore>();

    [Fact]
    public async Task Find_WhatWasSaved_ReturnsItWhole()
    {
        var odd = Set("odd \u0000 \"name\"", "\"\\u0000\"", "3.0");
        await Blueprints.SaveAsync(
            [Learned(7, Foil), Learned(8, PropertySet.Of([])) with { Expansion = null }, Learned(9, odd), Learned(10, Foil)], Now);

        var found = (await Blueprints.FindAsync([Id(7), Id(8), Id(9), Id(11), Id(7)])).ToDictionary(blueprint => blueprint.Id.Value);

        found.Keys.Order().ShouldBe([7, 8, 9]);
        found[7].LearnedAt.ShouldBe(Now);
        found[7].Expansion.ShouldBe(new ExpansionId(979));
        found[7].Properties.Definitions.ShouldHaveSingleItem().IsBoolean.ShouldBeTrue();
        found[7].Properties.Definitions[0].Allows("false").ShouldBeTrue();
        found[8].Expansion.ShouldBeNull();
        found[8].Properties.Definitions.ShouldBeEmpty();
        found[9].Properties.Id.ShouldBe(odd.Id);
        found[9].Properties.Json.ShouldBe(odd.Json);
    }

    [Fact]
    public async Task Find_Nothing_AsksForNothing() => (await Blueprints.FindAsync([])).ShouldBeEmpty();

    [Fact]
    public async Task Save_OlderThanWhatIsThere_ChangesNothing()
    {
        await Blueprints.SaveAsync([Learned(7, Foil)], Now);

        await Blueprints.SaveAsync([Learned(7, Language) with { LearnedAt = Now.AddMinutes(-1) }], Now);

        (await FindAsync(7)).Properties.Id.ShouldBe(Foil.Id);
    }

    [Fact]
    public async Task Save_NewerThanWhatIsThere_ReplacesIt()
    {
        await Blueprints.SaveAsync([Learned(7, Foil)], Now);

        await Blueprints.SaveAsync([Learned(7, Language) with { LearnedAt = Now.AddMinutes(1), Expansion = null }], Now.AddMinutes(1));

        (await FindAsync(7)).ShouldSatisfyAllConditions(
            blueprint => blueprint.Properties.Id.ShouldBe(Language.Id), blueprint => blueprint.Expansion.ShouldBeNull());
    }

    [Fact]
    public async Task Save_OverWhatClaimsToBeFromLater_ReplacesIt()
    {
        await Blueprints.SaveAsync([Learned(7, Foil) with { LearnedAt = Now.AddDays(300) }], Now);

        await Blueprints.SaveAsync([Learned(7, Language)], Now);

        (await FindAsync(7)).Properties.Id.ShouldBe(Language.Id);
    }

    [Fact]
    public async Task Save_TheSameByManyAtOnce_KeepsAll()
    {
        var expansion = Enumerable.Range(1, 500).Select(id => Learned(id, id % 2 == 0 ? Foil : Language)).ToArray();

        await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(i => Blueprints.SaveAsync(i % 2 == 0 ? expansion : [.. expansion.Reverse()], Now)));

        (await Blueprints.FindAsync([.. expansion.Select(blueprint => blueprint.Id)])).Count.ShouldBe(500);
    }

    private async Task<LearnedBlueprint> FindAsync(long id) => (await Blueprints.FindAsync([Id(id)])).ShouldHaveSingleItem();

    private static BlueprintId Id(long id) => new(id);

    private static LearnedBlueprint Learned(long id, PropertySet set) => new(Id(id), new ExpansionId(979), set, Now);

    private static PropertySet Set(string name, params string[] values) => PropertySet.Of([new PropertyDefinition
    {
        Name = name,
        Type = values[0] == "true" ? "boolean" : "string",
        PossibleValues = [.. values.Select(value => System.Text.Json.JsonElement.Parse(value))],
    }]);
}
