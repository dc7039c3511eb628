using System.Net;
using System.Text;

namespace BrxSync.Client.Errors;

/// <summary>Finds what an HTML page says to its reader.</summary>
internal static class HtmlPage
{
    private const int LongestQuote = 200;

    /// <summary>Returns the text of the first paragraph, else of the title, else nothing.</summary>
    public static string? FindMessage(string html)
    {
        var text = FindElement(html, "p") ?? FindElement(html, "title") ?? FindElement(html, "h1");
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        return text.Length > LongestQuote ? text[..LongestQuote] + "..." : text;
    }

    private static string? FindElement(string html, string name)
    {
        var from = 0;
        while (true)
        {
            from = html.IndexOf("<" + name, from, StringComparison.OrdinalIgnoreCase);
            if (from < 0)
            {
                return null;
            }

            from += name.Length + 1;
            if (from < html.Length && (html[from] == '>' || char.IsWhiteSpace(html[from])))
            {
                break;
            }
        }

        var start = html.IndexOf('>', from) + 1;
        if (start == 0)
        {
            return null;
        }

        var end = html.IndexOf("</" + name, start, StringComparison.OrdinalIgnoreCase);
        return ToText(html[start..(end < 0 ? html.Length : end)]);
    }

    private static string ToText(string html)
    {
        var text = new StringBuilder(html.Length);
        var inTag = false;
        foreach (var c in html)
        {
            if (c is '<' or '>')
            {
                inTag = c == '<';
            }
            else if (!inTag)
            {
                text.Append(char.IsControl(c) ? ' ' : c);
            }
        }

        return WebUtility.HtmlDecode(text.ToString()).Trim();
    }
}
