namespace BrxSync.Client.Inventory;

/// <summary>
/// Translates languages into CardTrader's codes, which are its own: <c>jp</c>, <c>kr</c>, <c>cz</c>, <c>zh-CN</c>, <c>zh-TW</c>.
/// </summary>
public static class CardLanguage
{
    private static readonly Dictionary<string, string> Codes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["en"] = "en", ["eng"] = "en", ["english"] = "en",
        ["it"] = "it", ["ita"] = "it", ["italian"] = "it",
        ["fr"] = "fr", ["fra"] = "fr", ["fre"] = "fr", ["french"] = "fr",
        ["de"] = "de", ["deu"] = "de", ["ger"] = "de", ["german"] = "de",
        ["es"] = "es", ["spa"] = "es", ["sp"] = "es", ["spanish"] = "es",
        ["pt"] = "pt", ["por"] = "pt", ["pt-br"] = "pt", ["pt-pt"] = "pt", ["portuguese"] = "pt",
        ["jp"] = "jp", ["ja"] = "jp", ["jpn"] = "jp", ["japanese"] = "jp",
        ["kr"] = "kr", ["ko"] = "kr", ["kor"] = "kr", ["korean"] = "kr",
        ["ru"] = "ru", ["rus"] = "ru", ["russian"] = "ru",
        ["zh-cn"] = "zh-CN", ["zh-hans"] = "zh-CN", ["zhs"] = "zh-CN", ["cs-zh"] = "zh-CN",
        ["simplified chinese"] = "zh-CN", ["chinese simplified"] = "zh-CN", ["s-chinese"] = "zh-CN",
        ["zh-tw"] = "zh-TW", ["zh-hant"] = "zh-TW", ["zht"] = "zh-TW",
        ["traditional chinese"] = "zh-TW", ["chinese traditional"] = "zh-TW", ["t-chinese"] = "zh-TW",
        ["nl"] = "nl", ["nld"] = "nl", ["dut"] = "nl", ["dutch"] = "nl",
        ["pl"] = "pl", ["pol"] = "pl", ["polish"] = "pl",
        ["cz"] = "cz", ["cs"] = "cz", ["ces"] = "cz", ["cze"] = "cz", ["czech"] = "cz",
        ["hu"] = "hu", ["hun"] = "hu", ["hungarian"] = "hu",
        ["th"] = "th", ["tha"] = "th", ["thai"] = "th",
        ["sv"] = "sv", ["swe"] = "sv", ["swedish"] = "sv",
        ["id"] = "id", ["ind"] = "id", ["indonesian"] = "id",
    };

    /// <summary>Finds CardTrader's code of a language. Plain <c>zh</c> is none: it does not say which Chinese.</summary>
    /// <param name="text">An ISO 639 code, a tag such as <c>zh-Hans</c>, an English name, or CardTrader's own code.</param>
    /// <returns>For example <c>jp</c>; <see langword="null"/> when the text is no known language.</returns>
    public static string? Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Codes.GetValueOrDefault(text.Trim().Replace('_', '-'));
    }
}
