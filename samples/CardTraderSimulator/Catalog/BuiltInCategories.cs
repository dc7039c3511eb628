namespace BrxSync.Simulator.Catalog;

/// <summary>The games and categories that exist without any recorded file.</summary>
internal static class BuiltInCategories
{
    public static readonly SimulatedGame[] Games =
    [
        new(1, "Magic", "Magic: the Gathering"), new(4, "Yu-Gi-Oh!", "Yu-Gi-Oh!"), new(5, "Pokémon", "Pokémon"),
        new(15, "One Piece", "One Piece"),
    ];

    public static readonly SimulatedCategory[] All =
    [
        new(1, "Magic Single Card", 1, WithFree(BlueprintKind.MagicSingle, "collector_number", "cmc")),
        new(5, "Magic Boosters", 1, Plain(BlueprintKind.MagicBooster)),
        new(19, "Magic Sleeves", 1, []),
        new(44, "Yu-Gi-Oh! Singles", 4,
        [
            PropertyDefinition.Text("condition", null, BlueprintKind.Conditions), Flag("signed"), Flag("altered"),
            PropertyDefinition.Text("collector_number", null),
            PropertyDefinition.Text("yugioh_rarity", null, "Common", "Rare", "Ultra Rare"),
            PropertyDefinition.Text("yugioh_language", null, "en", "fr", "it", "de", "es", "pt", "jp", "kr"), Flag("first_edition"),
        ]),
        new(73, "Pokémon Singles", 5, WithFree(BlueprintKind.PokemonSingle, "collector_number")),
        new(192, "One Piece Single Card", 15, [.. WithFree(BlueprintKind.OnePieceSingle, "collector_number"), Flag("tournament_legal")]),
    ];

    private static PropertyDefinition Flag(string name) => PropertyDefinition.Boolean(name) with { DefaultValue = null };

    private static PropertyDefinition[] Plain(BlueprintKind kind) =>
        [.. kind.Editable.Select(property => property with { DefaultValue = null })];

    private static PropertyDefinition[] WithFree(BlueprintKind kind, params string[] free) =>
    [
        PropertyDefinition.Text(kind.RarityProperty!, null, kind.Rarities), .. Plain(kind),
        .. free.Select(name => PropertyDefinition.Text(name, null)),
    ];
}
