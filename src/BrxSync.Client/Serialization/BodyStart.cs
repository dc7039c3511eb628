namespace BrxSync.Client.Serialization;

/// <summary>Tells from its first bytes what a body is, so that whoever looks at one comes to the same answer.</summary>
internal static class BodyStart
{
    /// <summary>The byte order mark of UTF-8.</summary>
    public static ReadOnlySpan<byte> Mark => "\uFEFF"u8;

    /// <summary>What JSON takes for white space.</summary>
    public static ReadOnlySpan<byte> Blanks => " \t\r\n"u8;

    private static ReadOnlySpan<byte> MarkAndBlanks => " \t\r\n\uFEFF"u8;

    /// <summary>Returns how many bytes the mark at the beginning has, if there is one.</summary>
    public static int MarkLength(ReadOnlySpan<byte> body) => body.StartsWith(Mark) ? Mark.Length : 0;

    /// <summary>Tells whether there is anything but a mark and white space.</summary>
    public static bool HasText(ReadOnlySpan<byte> body) => body.IndexOfAnyExcept(MarkAndBlanks) >= 0;

    /// <summary>Tells whether the body is an HTML page: no JSON and no CSV begins like one.</summary>
    public static bool IsHtml(ReadOnlySpan<byte> body)
    {
        // Marks anywhere before the text, which JSON forbids: pages are put together from files.
        var first = body.IndexOfAnyExcept(MarkAndBlanks);
        return first >= 0 && body[first] == (byte)'<';
    }
}
