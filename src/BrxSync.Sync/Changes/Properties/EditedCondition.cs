namespace BrxSync.Sync.Changes.Properties;

/// <summary>
/// The conditions that an edit may name, and how they are kept. Which of them CardTrader takes is a question of the blueprint, and is
/// answered when the edit goes out.
/// </summary>
internal static class EditedCondition
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Mint"] = "Mint", ["Near Mint"] = "Near Mint", ["Slightly Played"] = "Slightly Played",
        ["Moderately Played"] = "Moderately Played", ["Played"] = "Played", ["Heavily Played"] = "Heavily Played", ["Poor"] = "Poor",
        ["NM"] = "Near Mint", ["SP"] = "Slightly Played", ["MP"] = "Moderately Played", ["PL"] = "Played", ["HP"] = "Heavily Played",
        ["PO"] = "Poor", ["Lightly Played"] = "Slightly Played", ["Damaged"] = "Poor",
    };

    /// <summary>Gets the names as they are kept, best first.</summary>
    public static IEnumerable<string> All { get; } = Names.Values.Distinct(StringComparer.Ordinal);

    /// <summary>Finds the name that is kept; an empty one says that there is none.</summary>
    public static string? Find(string text) => text.Trim() is { Length: > 0 } given ? Names.GetValueOrDefault(given) : string.Empty;
}
