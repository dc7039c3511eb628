using BrxSync.Simulator.Catalog;

namespace BrxSync.Simulator.Stock;

/// <summary>Everything of a generated product that never changes, calculated from its position.</summary>
internal readonly struct GeneratedRow
{
    private GeneratedRow(int blueprint, BlueprintKind kind, int combination, ulong hash)
    {
        Blueprint = blueprint;
        Kind = kind;
        Hash = hash;
        NameHash = GeneratedCatalog.Mix((ulong)blueprint);
        var languages = Math.Max(1, kind.Languages.Length);
        (combination, Language) = Math.DivRem(combination, languages);
        if (kind.IsSingle)
        {
            (combination, Condition) = Math.DivRem(combination, BlueprintKind.Conditions.Length);
        }

        Foil = combination == 1;
    }

    public int Blueprint { get; }

    public BlueprintKind Kind { get; }

    public ulong NameHash { get; }

    public ulong Hash { get; }

    public int Language { get; }

    public int Condition { get; }

    public bool Foil { get; }

    public int Rarity => (int)((NameHash >> 20) % (uint)Kind.Rarities.Length);

    public bool HasDescription => (Hash & 0x3F) < 6;

    public bool HasTag => (Hash >> 6 & 0x3F) < 3;

    /// <summary>Gets whether an absent description is null instead of empty; both occur.</summary>
    public bool NullDescription => (Hash >> 28 & 7) == 0;

    /// <summary>Gets whether an absent tag is null instead of empty; both occur.</summary>
    public bool NullTag => (Hash >> 29 & 7) == 0;

    public bool HasUserData => (Hash >> 12 & 0x3F) < 13;

    public int BundleSize => (Hash >> 18 & 0x3F) == 0 ? 4 : 1;

    /// <summary>Gets how "not graded" is written: mostly false, sometimes null or 0.</summary>
    public int GradedForm => (int)(Hash >> 24 & 0xF);

    /// <summary>Describes the product at a position of a stock of <paramref name="count"/> products.</summary>
    public static GeneratedRow At(int position, int count, ulong seed)
    {
        var distinct = DistinctBlueprints(count);
        var (variant, stockable) = Math.DivRem(position, distinct);
        var blueprint = GeneratedCatalog.FromStockable(stockable);
        var kind = GeneratedCatalog.KindOf(blueprint);
        var start = GeneratedCatalog.Mix(seed ^ ((ulong)blueprint << 20));
        // Half of the products start at the first combination: English, near mint, not foil.
        var offset = (start & 1) == 0 ? 0 : (int)((start >> 8) % (uint)kind.Combinations);
        return new(blueprint, kind, (variant + offset) % kind.Combinations, GeneratedCatalog.Mix(seed * 31 + (ulong)position));
    }

    /// <summary>Gets over how many blueprints a stock is spread; a large seller has nearly two products of each.</summary>
    public static int DistinctBlueprints(int count) => Math.Clamp((int)(count * 0.55), 1, GeneratedCatalog.Stockable);

    public int InitialQuantity()
    {
        var draw = (int)(Hash >> 32 & 0x3F);
        return draw switch { < 30 => 1, < 40 => 2, < 46 => 3, < 52 => 4, < 62 => draw - 47, _ => 40 };
    }

    public int InitialPriceCents()
    {
        // Two draws multiplied give the long tail of real prices: median near 0.20, some above 50.
        var a = (int)(Hash >> 40 & 0xFF);
        var b = (int)(Hash >> 48 & 0xFF);
        return 2 + (a * b * b / 230_000) + (b > 250 ? a * 15 : b / 12);
    }
}
