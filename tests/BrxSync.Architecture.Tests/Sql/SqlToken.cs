using System.Text.RegularExpressions;

namespace BrxSync.Architecture.Tests.Sql;

/// <summary>The words, signs and parentheses of a statement: a parenthesis is one token that holds those within.</summary>
internal sealed partial record SqlToken(string Text, IReadOnlyList<SqlToken>? Inner = null)
{
    public bool IsWord => Inner is null && (char.IsLetter(Text[0]) || Text[0] == '_');

    public static IReadOnlyList<SqlToken> Read(string sql)
    {
        var words = new Queue<string>(Word().Matches(Comment().Replace(sql, string.Empty)).Select(match => match.Value));
        return Within(words);
    }

    private static List<SqlToken> Within(Queue<string> words)
    {
        var tokens = new List<SqlToken>();
        while (words.TryDequeue(out var word) && word != ")")
        {
            tokens.Add(word == "(" ? new SqlToken("(", Within(words)) : new SqlToken(word.StartsWith('\'') ? "'" : word));
        }

        return tokens;
    }

    [GeneratedRegex("--[^\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"'(?:[^']|'')*'|[@$]?\w+(?:\.\w+)*|::|<=|>=|<>|[^\s]")]
    private static partial Regex Word();
}
