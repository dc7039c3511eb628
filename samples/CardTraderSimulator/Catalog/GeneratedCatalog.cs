using System.Globalization;

namespace BrxSync.Simulator.Catalog;

/// <summary>
/// A catalogue that is calculated and not stored: 2,050 expansions of 100 blueprints each. Both ids follow from a position, so that
/// neither a look-up nor a list of one expansion ever searches.
/// </summary>
internal static class GeneratedCatalog
{
    public const int Expansions = 2_050;
    public const int PerExpansion = 100;

    /// <summary>The last two blueprints of an expansion are special ones that no generated stock holds.</summary>
    public const int StockablePerExpansion = 98;

    public const int Stockable = Expansions * StockablePerExpansion;
    public const int FirstExpansionId = 100_000;
    public const int FirstBlueprintId = 1_000_000;

    public const int FirstCardMarketId = 3_000_000;
    public const int FirstTcgPlayerId = 2_000_000;

    private const int BoosterSlot = 97;
    private const int AccessorySlot = 98;
    private const int WithoutFoilSlot = 99;

    /// <summary>Turns the position among the stockable blueprints into the position among all.</summary>
    public static int FromStockable(int stockable) =>
        (stockable / StockablePerExpansion * PerExpansion) + (stockable % StockablePerExpansion);

    /// <summary>Turns the position among all blueprints into the position among the stockable ones, or -1.</summary>
    public static int ToStockable(int index) =>
        index % PerExpansion < StockablePerExpansion ? (index / PerExpansion * StockablePerExpansion) + (index % PerExpansion) : -1;

    public static bool TryIndexOf(long blueprintId, out int index)
    {
        index = (int)Math.Clamp(blueprintId - FirstBlueprintId, -1, int.MaxValue);
        return index is >= 0 and < Expansions * PerExpansion;
    }

    public static BlueprintKind KindOf(int index)
    {
        var (expansion, slot) = Math.DivRem(index, PerExpansion);
        return (expansion % 4) switch
        {
            2 => BlueprintKind.OnePieceSingle,
            3 => BlueprintKind.PokemonSingle,
            _ => slot switch
            {
                BoosterSlot => BlueprintKind.MagicBooster,
                AccessorySlot => BlueprintKind.Accessory,
                WithoutFoilSlot => BlueprintKind.MagicSingleWithoutFoil,
                _ => BlueprintKind.MagicSingle,
            },
        };
    }

    /// <summary>Spreads a number over 64 bits (a published mixing function), so that neighbours look unrelated.</summary>
    public static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    public static SimulatedExpansion Expansion(int expansion)
    {
        var game = KindOf(expansion * PerExpansion).GameId;
        var name = GeneratedNames.Text(Mix((ulong)expansion + 7_000_000));
        // Codes are unique inside a game only, on purpose.
        var code = (expansion / 4 * 2) + (expansion % 4 == 1 ? 1 : 0);
        return new(
            FirstExpansionId + expansion, game, string.Create(CultureInfo.InvariantCulture, $"x{code}"), $"{name} Set {expansion + 1}");
    }

    public static SimulatedBlueprint Blueprint(int index)
    {
        var (expansion, slot) = Math.DivRem(index, PerExpansion);
        var kind = KindOf(index);
        var hash = Mix((ulong)index);
        var name = GeneratedNames.Text(hash);
        return new SimulatedBlueprint
        {
            Id = FirstBlueprintId + index,
            Name = kind == BlueprintKind.MagicBooster ? name + " Booster" : kind == BlueprintKind.Accessory ? name + " Sleeves" : name,
            Version = kind.GameId == 1 ? (slot % 9 == 0 ? "" : null) : CollectorNumber(kind, expansion, slot),
            GameId = kind.GameId,
            CategoryId = kind.CategoryId,
            ExpansionId = FirstExpansionId + expansion,
            FixedProperties = Fixed(kind, expansion, slot, hash),
            EditableProperties = kind.Editable,
            CardMarketId = slot % 11 == 0 ? null : FirstCardMarketId + index,
            TcgPlayerId = kind.GameId == 1 && slot % 7 != 0 ? FirstTcgPlayerId + index : null,
            ScryfallId = kind == BlueprintKind.MagicSingle ? ScryfallId(index) : slot % 2 == 0 ? null : "",
        };
    }

    /// <summary>Gives an invented id in Scryfall's form; the position is in its last digits.</summary>
    private static string ScryfallId(int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{(uint)Mix((ulong)index):x8}-0000-4000-8000-{index:x12}");

    /// <summary>Finds the position of the blueprint with an invented Scryfall id.</summary>
    public static bool TryFromScryfallId(string id, out int index) =>
        int.TryParse(id.AsSpan(Math.Max(0, id.Length - 12)), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out index)
        && index is >= 0 and < Expansions * PerExpansion && ScryfallId(index) == id;

    public static string Rarity(BlueprintKind kind, ulong hash) => kind.Rarities[(int)((hash >> 20) % (uint)kind.Rarities.Length)];

    private static PropertyBag Fixed(BlueprintKind kind, int expansion, int slot, ulong hash)
    {
        if (!kind.IsSingle)
        {
            return PropertyBag.Empty;
        }

        var number = ("collector_number", PropertyValue.Of(CollectorNumber(kind, expansion, slot)));
        var rarity = (kind.RarityProperty!, PropertyValue.Of(Rarity(kind, hash)));
        return kind.GameId switch
        {
            1 => PropertyBag.Of(rarity, number, ("cmc", PropertyValue.Of(((hash >> 40) & 7).ToString(CultureInfo.InvariantCulture)))),
            15 => PropertyBag.Of(number, rarity, ("tournament_legal", PropertyValue.Of(true))),
            _ => PropertyBag.Of(number, rarity),
        };
    }

    private static string CollectorNumber(BlueprintKind kind, int expansion, int slot) => kind.GameId == 15
        ? string.Create(CultureInfo.InvariantCulture, $"OP{expansion}-{slot + 1}")
        : (slot + 1).ToString(CultureInfo.InvariantCulture);
}
