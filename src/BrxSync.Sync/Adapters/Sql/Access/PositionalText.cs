using System.Buffers;
using System.Collections.Concurrent;
using System.Text;

namespace BrxSync.Sync.Adapters.Sql.Access;

/// <summary>
/// A text of ours as a server takes it that knows neither several statements in one command nor names of parameters: divided, and each
/// statement with the names of its values in the order of their places. Npgsql would do the same, but a host can turn that off for its
/// whole process.
/// </summary>
internal sealed class PositionalText
{
    // The texts are constants, so there are not more of them than there are in the code.
    private static readonly ConcurrentDictionary<string, PositionalText[]> Known = new(StringComparer.Ordinal);

    private static readonly (string Open, string Close)[] Comments = [("--", "\n"), ("/*", "*/")];
    private static readonly (string Open, string Close)[] Quotes = [("'", "'"), ("\"", "\"")];
    private static readonly SearchValues<char> TagLetters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    private PositionalText(string sql, string[] names) => (Sql, Names) = (sql, names);

    /// <summary>Gets one statement, with <c>$1</c>, <c>$2</c> and so on where its values go.</summary>
    public string Sql { get; }

    /// <summary>Gets the names of the values.</summary>
    public string[] Names { get; }

    public static PositionalText[] Of(string text) => Known.GetOrAdd(text, static text => Divide(text));

    private static PositionalText[] Divide(string text)
    {
        var statements = new List<PositionalText>();
        var sql = new StringBuilder();
        var names = new List<string>();
        for (var i = 0; i < text.Length;)
        {
            if (EndOf(text, i, Comments) is var end and > 0)
            {
                sql.Append(' ');
                i = end;
            }
            else if ((end = EndOf(text, i, Quotes)) > 0 || (end = EndOfBody(text, i)) > 0)
            {
                sql.Append(text, i, end - i);
                i = end;
            }
            else if (text[i] == ';')
            {
                Finish(statements, sql, names);
                i++;
            }
            else if (text[i] == '@' && i + 1 < text.Length && char.IsAsciiLetter(text[i + 1]) && (i == 0 || text[i - 1] != '@'))
            {
                end = i + 1;
                while (end < text.Length && char.IsAsciiLetterOrDigit(text[end]))
                {
                    end++;
                }

                sql.Append('$').Append(PlaceOf(text[(i + 1)..end], names));
                i = end;
            }
            else
            {
                sql.Append(text[i++]);
            }
        }

        Finish(statements, sql, names);
        return [.. statements];
    }

    private static int PlaceOf(string name, List<string> names)
    {
        var at = names.FindIndex(known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase));
        if (at < 0)
        {
            at = names.Count;
            names.Add(name);
        }

        return at + 1;
    }

    private static void Finish(List<PositionalText> statements, StringBuilder sql, List<string> names)
    {
        if (sql.ToString().Trim() is { Length: > 0 } statement)
        {
            statements.Add(new PositionalText(statement, [.. names]));
        }

        sql.Clear();
        names.Clear();
    }

    // Where a thing that begins here ends; 0 when none does.
    private static int EndOf(string text, int start, (string Open, string Close)[] kinds)
    {
        foreach (var (open, close) in kinds)
        {
            if (text.AsSpan(start).StartsWith(open, StringComparison.Ordinal))
            {
                var last = text.IndexOf(close, start + open.Length, StringComparison.Ordinal);
                return last < 0 ? text.Length : last + close.Length;
            }
        }

        return 0;
    }

    // The same for what stands between two signs like $$ or $body$.
    private static int EndOfBody(string text, int start)
    {
        var end = text[start] == '$' ? text.IndexOf('$', start + 1) : -1;
        return end < 0 || text.AsSpan((start + 1)..end).ContainsAnyExcept(TagLetters)
            ? 0
            : EndOf(text, start, [(text[start..(end + 1)], text[start..(end + 1)])]);
    }
}
