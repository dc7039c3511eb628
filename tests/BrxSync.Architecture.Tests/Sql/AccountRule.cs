namespace BrxSync.Architecture.Tests.Sql;

/// <summary>
/// A statement names the account for each of the accounts' tables that it reads or writes: its <c>user_id</c> is compared with something
/// that is known, or with that of a table for which that is so.
/// </summary>
internal sealed class AccountRule(IReadOnlySet<string> accountTables)
{
    private const string Account = "user_id";

    private static readonly HashSet<string> Introducing =
        new(StringComparer.Ordinal) { "from", "join", "update", "into", "using", "copy", "only" };

    private static readonly HashSet<string> Dividing = new(StringComparer.Ordinal) { "union", "intersect", "except", ";" };

    private static readonly HashSet<string> NotAnAlias = new(StringComparer.Ordinal)
    {
        "where", "set", "on", "using", "left", "right", "full", "inner", "cross", "join", "order", "group", "limit", "for", "values",
        "select", "returning", "from", "default", "having", "offset",
    };

    /// <summary>Gives the tables for which a statement does not name the account.</summary>
    public IReadOnlyList<string> FindUnnamed(string sql)
    {
        var reading = new Reading(accountTables);
        foreach (var part in Divide(SqlToken.Read(sql)))
        {
            reading.Add(part, null);
        }

        return reading.Unnamed();
    }

    private static IEnumerable<IReadOnlyList<SqlToken>> Divide(IReadOnlyList<SqlToken> tokens)
    {
        var part = new List<SqlToken>();
        foreach (var token in tokens)
        {
            if (Dividing.Contains(token.Text))
            {
                yield return part;
                part = [];
            }
            else
            {
                part.Add(token);
            }
        }

        yield return part;
    }

    /// <summary>A mention of a table.</summary>
    private sealed class Mention(string table, string name)
    {
        public string Table => table;

        public string Name => name;

        /// <summary>Rows are added to it: no condition is about it.</summary>
        public bool IsInserted { get; init; }

        public bool IsNamed { get; set; }

        public List<Mention> Same { get; } = [];
    }

    /// <summary>A query, or a parenthesis in one.</summary>
    private sealed record Scope(Scope? Outer, List<Mention> Mentions)
    {
        /// <summary>Finds whose account a column is: that of the nearest table of the name, or of the nearest one at all.</summary>
        public Mention? Find(string? name)
        {
            for (var scope = this; scope is not null; scope = scope.Outer)
            {
                if (scope.Mentions.Find(mention => name is null ? !mention.IsInserted : mention.Name == name) is { } found)
                {
                    return found;
                }
            }

            return null;
        }
    }

    private sealed class Reading(IReadOnlySet<string> accountTables)
    {
        private readonly List<Mention> _mentions = [];

        public void Add(IReadOnlyList<SqlToken> tokens, Scope? outer)
        {
            var scope = new Scope(outer, []);
            Mention? written = null;
            for (var i = 0; i < tokens.Count; i++)
            {
                if (accountTables.Contains(tokens[i].Text) && i > 0 && IsIntroduced(tokens, i))
                {
                    var mention = AddMention(tokens, i, scope);
                    written = mention.IsInserted ? mention : written;
                }
            }

            for (var i = 0; i < tokens.Count; i++)
            {
                Compare(tokens, i, scope);
                if (tokens[i].Inner is { } inner)
                {
                    // The target of an upsert is named by the columns of the key.
                    if (i > 1 && tokens[i - 1].Text == "conflict" && written is not null && inner.All(token => token.Text != Account))
                    {
                        written.IsNamed = false;
                        written.Same.Clear();
                    }

                    foreach (var part in Divide(inner))
                    {
                        Add(part, scope);
                    }
                }
            }
        }

        public IReadOnlyList<string> Unnamed()
        {
            for (var isChanged = true; isChanged;)
            {
                isChanged = false;
                foreach (var mention in _mentions.Where(mention => !mention.IsNamed && mention.Same.Exists(same => same.IsNamed)))
                {
                    mention.IsNamed = isChanged = true;
                }
            }

            return [.. _mentions.Where(mention => !mention.IsNamed).Select(mention => mention.Table).Distinct(StringComparer.Ordinal)];
        }

        private static bool IsIntroduced(IReadOnlyList<SqlToken> tokens, int at) =>
            Introducing.Contains(tokens[at - 1].Text)
            || (tokens[at - 1].Text == "," && tokens.Take(at).Any(token => token.Text == "from")
                && tokens.Take(at).All(token => token.Text is not ("where" or "order" or "group")));

        private Mention AddMention(IReadOnlyList<SqlToken> tokens, int at, Scope scope)
        {
            var next = at + 1 < tokens.Count && tokens[at + 1].Text == "as" ? at + 2 : at + 1;
            var hasAlias = next < tokens.Count && tokens[next].IsWord && !NotAnAlias.Contains(tokens[next].Text);
            var mention = new Mention(tokens[at].Text, hasAlias ? tokens[next].Text : tokens[at].Text)
            {
                IsInserted = tokens[at - 1].Text is "into" or "copy",
            };
            var columns = hasAlias ? next + 1 : next;

            // What is inserted or copied names the account in its columns.
            mention.IsNamed = mention.IsInserted && columns < tokens.Count
                && tokens[columns].Inner?.Any(token => token.Text == Account) == true;
            _mentions.Add(mention);
            scope.Mentions.Add(mention);
            return mention;
        }

        /// <summary>Takes note of <c>=</c> and <c>in</c> beside an account.</summary>
        private static void Compare(IReadOnlyList<SqlToken> tokens, int at, Scope scope)
        {
            if (tokens[at].Text is not ("=" or "in") || at == 0 || at + 1 >= tokens.Count)
            {
                return;
            }

            var left = at > 2 && tokens[at - 2].Text == "::" ? tokens[at - 3] : tokens[at - 1];
            var (mine, theirs) = (Whose(left, scope), Whose(tokens[at + 1], scope));
            if (mine is not null && theirs is not null)
            {
                mine.Same.Add(theirs);
                theirs.Same.Add(mine);
            }
            else if ((mine ?? theirs) is { } compared)
            {
                compared.IsNamed = true;
            }
        }

        private static Mention? Whose(SqlToken column, Scope scope) =>
            column.Text == Account ? scope.Find(null)
            : column.Text.EndsWith("." + Account, StringComparison.Ordinal) ? scope.Find(column.Text[..^(Account.Length + 1)])
            : null;
    }
}
