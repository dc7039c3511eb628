namespace BrxSync.Simulator.Catalog;

/// <summary>Invented card names, put together from words; none needs escaping in JSON, some are not ASCII.</summary>
internal static class GeneratedNames
{
    private static readonly string[] First =
    [
        "Ancient", "Amber", "Ashen", "Azure", "Bitter", "Blazing", "Bold", "Brazen", "Bright", "Broken", "Calm", "Cinder", "Clever",
        "Cobalt", "Cunning", "Dawn", "Deep", "Distant", "Dusk", "Eager", "Ember", "Fabled", "Feral", "Fierce", "Frozen", "Gentle",
        "Gilded", "Grim", "Hidden", "Hollow", "Iron", "Ivory", "Jade", "Keen", "Lone", "Lost", "Lunar", "Mighty", "Misty", "Noble",
        "Obsidian", "Pale", "Patient", "Quiet", "Radiant", "Restless", "Ruby", "Sacred", "Savage", "Silent", "Silver", "Solemn", "Stern",
        "Storm", "Swift", "Tidal", "Twin", "Vast", "Verdant", "Violet", "Wandering", "Wild", "Winter", "Æther",
    ];

    private static readonly string[] Second =
    [
        "Acolyte", "Archer", "Bandit", "Basilisk", "Bear", "Captain", "Champion", "Cleric", "Colossus", "Courier", "Crab", "Dragon",
        "Drake", "Druid", "Duelist", "Eagle", "Elemental", "Falcon", "Fox", "Gardener", "Ghost", "Giant", "Golem", "Griffin", "Guard",
        "Hawk", "Herald", "Hermit", "Hunter", "Hydra", "Jötun", "Knight", "Lantern", "Lion", "Lynx", "Mage", "Merchant", "Moth",
        "Navigator", "Oracle", "Otter", "Owl", "Phoenix", "Pilgrim", "Piranha", "Raven", "Rider", "Sage", "Sailor", "Scout", "Serpent",
        "Shaman", "Smith", "Sphinx", "Stag", "Tiger", "Titan", "Tortoise", "Vagabond", "Warden", "Wolf", "Wurm", "Wyvern", "Yeti",
    ];

    private static readonly string[] Third =
    [
        "", "", "", "", " of the Bay", " of the Cliffs", " of the Dunes", " of the East", " of the Fens", " of the Grove", " of the Hills",
        " of the Isles", " of the Moor", " of the North", " of the Peaks", " of the Reef",
    ];

    private static readonly byte[][] FirstUtf8 = BlueprintKind.Utf8([.. First.Select(word => word + " ")]);
    private static readonly byte[][] SecondUtf8 = BlueprintKind.Utf8(Second);
    private static readonly byte[][] ThirdUtf8 = BlueprintKind.Utf8(Third);

    public static string Text(ulong hash) => $"{First[hash & 63]} {Second[(hash >> 6) & 63]}{Third[(hash >> 12) & 15]}";

    public static ReadOnlySpan<byte> FirstPart(ulong hash) => FirstUtf8[hash & 63];

    public static ReadOnlySpan<byte> SecondPart(ulong hash) => SecondUtf8[(hash >> 6) & 63];

    public static ReadOnlySpan<byte> ThirdPart(ulong hash) => ThirdUtf8[(hash >> 12) & 15];
}
