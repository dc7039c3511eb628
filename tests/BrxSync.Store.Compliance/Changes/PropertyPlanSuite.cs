using BrxSync.Client;
using BrxSync.Client.Catalog;
using BrxSync.Client.Errors;
using BrxSync.Client.Inventory;
using BrxSync.Simulator;
using BrxSync.Simulator.Faults;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records.Blueprints;
using BrxSync.Sync.Changes.Properties;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Store.Compliance.Changes;

/// <summary>What may be sent of the properties of products, learned from a running marketplace with few calls.</summary>
public abstract class PropertyPlanSuite : MarketplaceSuite
{
    private const int Expansion = 100_000;
    private const long First = 1_000_000;
    private const int PerExpansion = 100;

    private static readonly Dictionary<string, PropertyValue> Nothing = [];

    private static readonly Dictionary<string, PropertyValue> Played = new() { ["condition"] = "LP", ["mtg_language"] = "Japanese" };

    private ICardTraderAccount? _remote;

    private ICardTraderAccount Remote => _remote!;

    private PropertyPlanner Planner => Store.Services.GetRequiredService<PropertyPlanner>();

    private IBlueprintPropertyStore Blueprints => Store.Services.GetRequiredService<IBlueprintPropertyStore>();

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _remote = Store.AccountAccess.Open(await AccountAsync(Account));
        Marketplace.Calls.Clear();
    }

    protected override void Configure(CardTraderSimulatorOptions options)
    {
        foreach (var seller in options.Sellers)
        {
            seller.Products = 0;
        }
    }

    [Fact]
    public async Task Plan_NewBlueprint_CostsTwoCallsAndTellsOfItsExpansion()
    {
        Offer(First + 1);
        Offer(First + 2);

        var plan = await PlanAsync(First + 1, Played);
        await PlanAsync(First + 2, Played);
        await PlanAsync(First + 1, Played);

        plan.Send.ShouldBe(
            new Dictionary<string, PropertyValue> { ["condition"] = "Slightly Played", ["mtg_language"] = "jp" }, ignoreOrder: true);
        plan.Notes.Select(note => (note.Name, note.Kind)).ShouldBe(
            [("condition", PropertyNoteKind.Changed), ("mtg_language", PropertyNoteKind.Changed)], ignoreOrder: true);
        plan.Doubt.ShouldBeNull();
        plan.LearnedAt.ShouldNotBeNull();
        Calls().ShouldBe([$"/marketplace/products?blueprint_id={First + 1}", $"/blueprints/export?expansion_id={Expansion}"]);
    }

    [Fact]
    public async Task Plan_NothingWanted_AsksNothing()
    {
        var plan = await PlanAsync(First + 1, Nothing);

        (plan.Send.Count, plan.Notes.Count, plan.Doubt).ShouldBe((0, 0, null));
        Calls().ShouldBeEmpty();
    }

    [Fact]
    public async Task Plan_OfAnotherProcess_AsksNothingThatWasLearned()
    {
        Offer(First + 1);
        await PlanAsync(First + 1, Played);
        Marketplace.Calls.Clear();

        await using var another = Store.BuildAnother(Marketplace.BaseAddress);
        var plan = await another.GetRequiredService<PropertyPlanner>().PlanAsync(Remote, new(First + 9), Played, Nothing, default);

        plan.Send.Count.ShouldBe(2);
        Calls().ShouldBeEmpty();
    }

    [Fact]
    public async Task Plan_ManyProducts_CostsTwoCallsAnExpansion()
    {
        long[] ids = [.. Enumerable.Range(0, 90).Select(i => First + (i % 3 * 4 * PerExpansion) + i)];
        foreach (var id in ids)
        {
            Offer(id);
        }

        var plans = await Planner.PlanAsync(Remote, [.. ids.Select(id => Request(id, Played))], default);

        plans.Select(plan => plan.Blueprint.Value).ShouldBe(ids);
        plans.ShouldAllBe(plan => plan.Send.Count == 2);
        Calls().Count.ShouldBe(6);
    }

    [Fact]
    public async Task Plan_ByManyAtOnce_ReadsAnExpansionOnce()
    {
        for (var i = 0; i < 12; i++)
        {
            Offer(First + i);
        }

        var plans = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => PlanAsync(First + (i % 12), Played)));

        plans.ShouldAllBe(plan => plan.Send.Count == 2);
        Calls().Count(path => path.StartsWith("/blueprints/export", StringComparison.Ordinal)).ShouldBe(1);
        Calls().Count.ShouldBeLessThanOrEqualTo(13);
    }

    [Fact]
    public async Task Plan_WhatIsSent_IsAcceptedInStrictMode()
    {
        // A single, one without foils, a booster and an accessory, which offers nothing; then other games.
        long[] ids = [First + 1, First + 99, First + 97, First + 98, First + (2 * PerExpansion) + 1, First + (3 * PerExpansion) + 1];
        var wanted = new Dictionary<string, PropertyValue>
        {
            ["condition"] = "moderately played", ["language"] = "en", ["foil"] = "no", ["signed"] = "yes", ["altered"] = false,
            ["collector_number"] = "1", ["mtg_rarity"] = "Rare", ["first_edition"] = true, ["unheard_of"] = "x",
        };
        foreach (var id in ids)
        {
            var product = Offer(id);
            var plan = await PlanAsync(id, wanted);
            plan.Notes.Count(note => note.Sent is null).ShouldBe(wanted.Count - plan.Send.Count, $"blueprint {id}");

            if (plan.Send.Count == 0)
            {
                continue;
            }

            var result = await Remote.Inventory.UpdateAsync(new ProductChange { Id = product, Properties = plan.Send });

            result.Warnings.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task PlanAgain_AfterARefusal_ReadsWhatIsAllowedNow()
    {
        var product = Offer(First + 1);
        await LearnedAsync(First + 1, Expansion, TimeSpan.FromHours(2), "\"Mint\"", "\"Near Mint\"");
        var request = Request(First + 1, new Dictionary<string, PropertyValue> { ["condition"] = "Mint" });
        var refused = (await Planner.PlanAsync(Remote, [request], default))[0];
        refused.Send["condition"].ShouldBe("Mint");
        var refusal = await Should.ThrowAsync<CardTraderException>(
            () => Remote.Inventory.UpdateAsync(new ProductChange { Id = product, Properties = refused.Send }));
        PropertyRefusals.Concern(refusal.Errors, refused).ShouldBeTrue();
        Marketplace.Calls.Clear();

        var plan = (await Planner.PlanAgainAsync(Remote, [request], default))[0];
        var again = (await Planner.PlanAgainAsync(Remote, [request], default))[0];

        plan.Send["condition"].ShouldBe("Near Mint");
        again.LearnedAt.ShouldBe(plan.LearnedAt);
        Calls().ShouldBe([$"/blueprints/export?expansion_id={Expansion}"]);
        await Remote.Inventory.UpdateAsync(new ProductChange { Id = product, Properties = plan.Send });
    }

    [Fact]
    public async Task Plan_WhatIsTooOld_IsReadAgainWithoutLookingForItsExpansion()
    {
        await LearnedAsync(First + 1, Expansion, TimeSpan.FromHours(25), "\"Mint\"");

        var plan = await PlanAsync(First + 1, Played);

        plan.Send["condition"].ShouldBe("Slightly Played");
        Calls().ShouldBe([$"/blueprints/export?expansion_id={Expansion}"]);
    }

    [Fact]
    public async Task Plan_BlueprintThatWasMoved_IsFoundInItsNewExpansion()
    {
        Offer(First + 1);
        await LearnedAsync(First + 1, Expansion + 1, TimeSpan.FromHours(25), "\"Mint\"");

        var plan = await PlanAsync(First + 1, Played);

        plan.Send["condition"].ShouldBe("Slightly Played");
        Calls().Count.ShouldBe(3);
    }

    [Fact]
    public async Task Plan_ExpansionThatIsNotReady_RestsOnWhatIsKnownAndAsksOnce()
    {
        Marketplace.Catalog.NotReady.Add(Expansion);
        await LearnedAsync(First + 1, Expansion, TimeSpan.FromHours(25), "\"Mint\"", "\"Slightly Played\"");
        Offer(First + 2);

        var known = await PlanAsync(First + 1, Played);
        var unknown = await PlanAsync(First + 2, Played);
        await PlanAsync(First + 2, Played);

        known.Send.ShouldHaveSingleItem().Value.ShouldBe("Slightly Played");
        known.LearnedAt.ShouldNotBeNull();
        known.Doubt.ShouldNotBeNull().ShouldContain("Data is not ready");
        known.MayPass.ShouldBeTrue();
        unknown.LearnedAt.ShouldBeNull();
        unknown.MayPass.ShouldBeTrue();
        unknown.Send.ShouldBe(
            new Dictionary<string, PropertyValue> { ["condition"] = "Slightly Played", ["mtg_language"] = "jp" }, ignoreOrder: true);
        Calls().ShouldBe([$"/blueprints/export?expansion_id={Expansion}", $"/marketplace/products?blueprint_id={First + 2}"]);
    }

    [Fact]
    public async Task Plan_BlueprintThatNobodyOffers_RestsOnTheProduct()
    {
        var current = new Dictionary<string, PropertyValue> { ["condition"] = "Near Mint", ["mtg_rarity"] = "Rare" };
        var wanted = new Dictionary<string, PropertyValue> { ["condition"] = "HP", ["mtg_foil"] = true, ["mtg_rarity"] = "Common" };

        var plan = await Planner.PlanAsync(Remote, new(First + 1), wanted, current, default);

        plan.Send.ShouldHaveSingleItem().Value.ShouldBe("Played");
        plan.Notes.Where(note => note.Kind == PropertyNoteKind.Withheld).Select(note => note.Name).ShouldBe(["mtg_foil", "mtg_rarity"]);
        plan.Doubt.ShouldNotBeNull().ShouldContain("Nobody offers");
        plan.MayPass.ShouldBeFalse();
    }

    [Fact]
    public async Task Plan_ProductThatIsNotOnTheMarket_TellsTheExpansionItself()
    {
        var product = Offer(First + 1);
        Seller.OnVacation = true;

        var plans = await Planner.PlanAsync(Remote, [Request(First + 1, Played) with { Product = product }], default);

        plans.ShouldHaveSingleItem().Doubt.ShouldBeNull();
        Calls().Count.ShouldBe(3);
    }

    [Fact]
    public async Task Plan_OneExpansionThatFails_LeavesTheOthers()
    {
        Offer(First + 1);
        Offer(First + (4 * PerExpansion) + 1);
        Marketplace.Faults.Add(
            new FaultRule { Endpoint = "GET /blueprints/export", Times = 1, Action = FaultAction.Status, Status = 422 });

        var plans = await Planner.PlanAsync(
            Remote, [Request(First + 1, Played), Request(First + (4 * PerExpansion) + 1, Played)], default);

        plans.Select(plan => plan.LearnedAt is null).ShouldBe([true, false]);
    }

    [Fact]
    public async Task Plan_TokenThatIsRefused_IsTold()
    {
        Offer(First + 1);
        Seller.Token = "another-token";

        await Should.ThrowAsync<CardTraderAuthenticationException>(() => PlanAsync(First + 1, Played));

        Seller.Token = "demo-token";
        (await PlanAsync(First + 1, Played)).Doubt.ShouldBeNull();
    }

    private Task<PropertyPlan> PlanAsync(long blueprint, IReadOnlyDictionary<string, PropertyValue> wanted) =>
        Planner.PlanAsync(Remote, new BlueprintId(blueprint), wanted, Nothing, default);

    private static PropertyRequest Request(long blueprint, IReadOnlyDictionary<string, PropertyValue> wanted) =>
        new() { Blueprint = new BlueprintId(blueprint), Wanted = wanted, Current = Nothing };

    private ProductId Offer(long blueprint) => new(Seller.AddProduct(blueprint, 1, 100).Id);

    private IReadOnlyList<string> Calls() =>
        [.. Marketplace.Calls.All().Where(call => call.Method == "GET").Select(call => call.Path)];

    private Task LearnedAsync(long blueprint, int expansion, TimeSpan ago, params string[] conditions)
    {
        var definition = new PropertyDefinition
        {
            Name = "condition",
            Type = "string",
            PossibleValues = [.. conditions.Select(value => System.Text.Json.JsonElement.Parse(value))],
        };
        var learned = new LearnedBlueprint(
            new(blueprint), new ExpansionId(expansion), PropertySet.Of([definition]), TimeProvider.System.GetUtcNow() - ago);
        return Blueprints.SaveAsync([learned], TimeProvider.System.GetUtcNow());
    }
}
