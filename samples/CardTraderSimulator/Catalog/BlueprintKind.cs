using System.Text;

namespace BrxSync.Simulator.Catalog;

/// <summary>What all generated blueprints of one kind share; the texts are kept as UTF-8 too, ready to be copied into an export.</summary>
internal sealed class BlueprintKind
{
    public static readonly string[] Conditions = ["Near Mint", "Slightly Played", "Moderately Played", "Played", "Poor"];

    public static readonly byte[][] ConditionsUtf8 = Utf8(Conditions);

    private static readonly PropertyDefinition Condition = PropertyDefinition.Text("condition", "Near Mint", Conditions);
    private static readonly PropertyDefinition Signed = PropertyDefinition.Boolean("signed");
    private static readonly PropertyDefinition Altered = PropertyDefinition.Boolean("altered");

    private static readonly string[] MagicLanguages = ["en", "fr", "de", "it", "jp", "kr", "pt", "ru", "es", "zh-CN", "zh-TW"];
    private static readonly string[] OnePieceLanguages = ["en", "jp", "zh-CN", "kr", "fr"];
    private static readonly string[] PokemonLanguages =
    [
        "en", "fr", "it", "de", "es", "pt", "nl", "ru", "pl", "kr", "jp", "zh-CN", "zh-TW",
    ];

    public static readonly BlueprintKind MagicSingle = new(
        1, 1, "mtg_language", MagicLanguages, "mtg_rarity", ["Common", "Uncommon", "Rare", "Mythic"])
    {
        FoilProperty = "mtg_foil",
        Editable =
        [
            Condition,
            PropertyDefinition.Text("mtg_language", "en", MagicLanguages),
            PropertyDefinition.Boolean("mtg_foil"),
            Signed,
            Altered,
        ],
    };

    /// <summary>A card that exists without foil: sending <c>mtg_foil</c> or <c>altered</c> for it is wrong.</summary>
    public static readonly BlueprintKind MagicSingleWithoutFoil = new(1, 1, "mtg_language", MagicLanguages, "mtg_rarity", ["Special"])
    {
        Editable = [Condition, PropertyDefinition.Text("mtg_language", "en", MagicLanguages), Signed],
    };

    public static readonly BlueprintKind MagicBooster = new(1, 5, "mtg_language", MagicLanguages, null, [])
    {
        Editable = [PropertyDefinition.Text("mtg_language", "en", MagicLanguages)],
    };

    /// <summary>Sleeves and the like: no property at all.</summary>
    public static readonly BlueprintKind Accessory = new(1, 19, null, [], null, []);

    public static readonly BlueprintKind OnePieceSingle = new(
        15, 192, "onepiece_language", OnePieceLanguages, "onepiece_rarity", ["Common", "Uncommon", "Rare", "Super Rare", "Leader"])
    {
        Editable = [Condition, Signed, Altered, PropertyDefinition.Text("onepiece_language", "en", OnePieceLanguages)],
    };

    public static readonly BlueprintKind PokemonSingle = new(
        5, 73, "pokemon_language", PokemonLanguages, "pokemon_rarity", ["Common", "Uncommon", "Rare", "Holo Rare", "Promo"])
    {
        FoilProperty = "pokemon_reverse",
        Editable =
        [
            Condition, Signed, Altered, PropertyDefinition.Boolean("first_edition"),
            PropertyDefinition.Text("pokemon_language", "en", PokemonLanguages), PropertyDefinition.Boolean("pokemon_reverse"),
        ],
    };

    private BlueprintKind(
        int gameId, int categoryId, string? languageProperty, string[] languages, string? rarityProperty, string[] rarities)
    {
        GameId = gameId;
        CategoryId = categoryId;
        LanguageProperty = languageProperty;
        Languages = languages;
        LanguagesUtf8 = Utf8(languages);
        RarityProperty = rarityProperty;
        Rarities = rarities;
        RaritiesUtf8 = Utf8(rarities);
    }

    public int GameId { get; }

    public int CategoryId { get; }

    public string? LanguageProperty { get; }

    public string[] Languages { get; }

    public byte[][] LanguagesUtf8 { get; }

    public string? RarityProperty { get; }

    public string[] Rarities { get; }

    public byte[][] RaritiesUtf8 { get; }

    public string? FoilProperty { get; init; }

    public PropertyDefinition[] Editable { get; init; } = [];

    public bool IsSingle => RarityProperty is not null;

    /// <summary>Gets how many different products of one blueprint the generator can make.</summary>
    public int Combinations => Math.Max(1, Languages.Length) * (IsSingle ? Conditions.Length : 1) * (FoilProperty is null ? 1 : 2);

    internal static byte[][] Utf8(string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];
}
