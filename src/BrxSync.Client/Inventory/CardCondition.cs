namespace BrxSync.Client.Inventory;

/// <summary>Translates the words people use for the condition of a card into CardTrader's.</summary>
/// <remarks>
/// CardTrader knows <c>Near Mint</c>, <c>Slightly Played</c>, <c>Moderately Played</c>, <c>Played</c> and <c>Poor</c> for cards.
/// Abbreviations are read as in North America: <c>LP</c> is lightly played, not the lower grade of that name in Europe. A grade that is no
/// longer offered is only ever replaced by a lower one.
/// </remarks>
public static class CardCondition
{
    private static readonly Dictionary<string, string[]> Words = new(StringComparer.Ordinal)
    {
        ["mint"] = ["Mint", "Near Mint"], ["m"] = ["Mint", "Near Mint"], ["mt"] = ["Mint", "Near Mint"],
        ["gemmint"] = ["Mint", "Near Mint"],
        ["nearmint"] = ["Near Mint"], ["nm"] = ["Near Mint"], ["nmm"] = ["Near Mint"], ["nearmintmint"] = ["Near Mint"],
        ["slightlyplayed"] = ["Slightly Played"], ["sp"] = ["Slightly Played"], ["lightlyplayed"] = ["Slightly Played"],
        ["lightplayed"] = ["Slightly Played"], ["lp"] = ["Slightly Played"], ["excellent"] = ["Slightly Played"],
        ["ex"] = ["Slightly Played"],
        ["moderatelyplayed"] = ["Moderately Played"], ["mp"] = ["Moderately Played"], ["good"] = ["Moderately Played"],
        ["gd"] = ["Moderately Played"],
        ["played"] = ["Played"], ["pl"] = ["Played"], ["heavilyplayed"] = ["Heavily Played", "Played"],
        ["hp"] = ["Heavily Played", "Played"],
        ["poor"] = ["Poor"], ["po"] = ["Poor"], ["pr"] = ["Poor"], ["damaged"] = ["Poor"], ["dmg"] = ["Poor"], ["d"] = ["Poor"],
    };

    /// <summary>Finds CardTrader's word for a condition.</summary>
    /// <param name="text">The condition in any common form: <c>NM</c>, <c>near-mint</c>, <c>lightly played</c>.</param>
    /// <returns>For example <c>Near Mint</c>; <see langword="null"/> when the text is no known condition.</returns>
    public static string? Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Candidates(text) is { Length: > 0 } candidates ? candidates[^1] : null;
    }

    /// <summary>Returns CardTrader's words for a condition, best first.</summary>
    internal static string[] Candidates(string text) =>
        Words.GetValueOrDefault(string.Concat(text.Where(char.IsAsciiLetter)).ToLowerInvariant(), []);
}
