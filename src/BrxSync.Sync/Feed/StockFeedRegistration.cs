namespace BrxSync.Sync.Feed;

/// <summary>A feed that has a handler in this host.</summary>
/// <param name="Name">Its name, by which cursors, options and metrics know it.</param>
/// <param name="HandlerType">What is asked for in the scope of each batch.</param>
internal sealed record StockFeedRegistration(string Name, Type HandlerType)
{
    private const int LongestName = 64;

    /// <summary>Tells whether a text can be the name of a feed.</summary>
    public static bool IsName(string? text) => text is { Length: > 0 and <= LongestName }
        && text.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '_' or '.');

    /// <summary>Gives a name back, if it can be the name of a feed.</summary>
    /// <exception cref="ArgumentException">It cannot.</exception>
    public static string Checked(string? text, string parameter) => IsName(text)
        ? text!
        : throw new ArgumentException(
            $"'{text}' cannot be the name of a feed: it has 1 to {LongestName} letters, digits, hyphens, dots and underscores.", parameter);
}
