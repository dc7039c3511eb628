using System.Text.RegularExpressions;

namespace BrxSync.Architecture.Tests.Sql;

/// <summary>A key of a table: its unique columns, or those of a foreign key.</summary>
internal sealed record SqlKey(string Table, string Name, IReadOnlyList<string> Columns, string? References = null)
{
    public override string ToString() => $"{Table} ({string.Join(", ", Columns)})";
}

/// <summary>
/// The tables and keys that migrations leave behind, read from their text in its order. It knows the forms that migrations use, and
/// whatever is neither created, renamed nor dropped here is not in it.
/// </summary>
internal sealed partial class SqlSchema
{
    private readonly Dictionary<string, HashSet<string>> _tables = new(StringComparer.Ordinal);
    private readonly List<SqlKey> _keys = [];

    private SqlSchema()
    {
    }

    /// <summary>The tables with a column for the account.</summary>
    public IReadOnlySet<string> AccountTables =>
        _tables.Where(table => table.Value.Contains("user_id")).Select(table => table.Key).ToHashSet(StringComparer.Ordinal);

    public IEnumerable<string> OtherTables => _tables.Keys.Except(AccountTables);

    public IReadOnlyList<SqlKey> Keys => _keys;

    public static SqlSchema Read(IEnumerable<string> migrations)
    {
        var schema = new SqlSchema();
        foreach (var migration in migrations)
        {
            var sql = Comment().Replace(migration, string.Empty);
            foreach (var statement in Statement().Matches(sql).Cast<Match>())
            {
                schema.Apply(statement, sql);
            }
        }

        return schema;
    }

    /// <summary>The keys of the accounts' tables that do not name the account.</summary>
    public IEnumerable<SqlKey> WithoutAccount() =>
        _keys.Where(key => AccountTables.Contains(key.Table) && !key.Columns.Contains("user_id") && !IsRowid(key));

    /// <summary>The ids that SQLite counts itself, in one file, are no keys that could be divided.</summary>
    private static bool IsRowid(SqlKey key) => key.Name.EndsWith(" rowid", StringComparison.Ordinal);

    private void Apply(Match statement, string sql)
    {
        var name = statement.Groups["name"].Value;
        if (statement.Groups["create"].Success)
        {
            Create(name, Parenthesis(sql, statement.Index + statement.Length - 1));
        }
        else if (statement.Groups["unique"].Success)
        {
            _keys.RemoveAll(key => key.Name == name);
            _keys.Add(new SqlKey(
                statement.Groups["table"].Value, name, Columns(Parenthesis(sql, statement.Index + statement.Length - 1))));
        }
        else if (statement.Groups["dropindex"].Success)
        {
            _keys.RemoveAll(key => key.Name == name);
        }
        else if (statement.Groups["droptable"].Success)
        {
            _tables.Remove(name);
            _keys.RemoveAll(key => key.Table == name);
        }
        else
        {
            Alter(name, statement.Groups["actions"].Value);
        }
    }

    private void Create(string table, string body)
    {
        var columns = _tables[table] = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in Parts(body))
        {
            if (!Constraint().IsMatch(part))
            {
                var column = part.Split([' ', '\n'], 2)[0];
                columns.Add(column);
                AddInline(table, column, part);
            }
            else
            {
                AddConstraint(table, part);
            }
        }
    }

    private void AddInline(string table, string column, string text)
    {
        if (text.Contains(" primary key", StringComparison.Ordinal))
        {
            var isRowid = text.Contains(" integer primary key", StringComparison.Ordinal);
            _keys.Add(new SqlKey(table, $"{table}_pkey{(isRowid ? " rowid" : string.Empty)}", [column]));
        }
        else if (text.Contains(" unique", StringComparison.Ordinal))
        {
            _keys.Add(new SqlKey(table, $"{table}_{column}_key", [column]));
        }

        if (References().Match(text) is { Success: true } target)
        {
            _keys.Add(new SqlKey(table, $"{table}_{column}_fkey", [column], target.Groups["table"].Value));
        }
    }

    private void AddConstraint(string table, string text)
    {
        var match = Constraint().Match(text);
        if (match.Groups["kind"].Value == "check")
        {
            return;
        }

        var columns = Columns(Parenthesis(text, match.Index + match.Length - 1));
        var kind = match.Groups["kind"].Value;
        var name = match.Groups["name"] is { Success: true } given
            ? given.Value
            : kind == "primary key" ? $"{table}_pkey" : $"{table}_{string.Join('_', columns)}_{(kind == "unique" ? "key" : "fkey")}";
        _keys.Add(new SqlKey(
            table, name, columns, kind == "foreign key" ? References().Match(text).Groups["table"].Value : null));
    }

    private void Alter(string table, string actions)
    {
        foreach (var action in Parts(actions))
        {
            if (DropConstraint().Match(action) is { Success: true } drop)
            {
                _keys.RemoveAll(key => key.Table == table && key.Name == drop.Groups["name"].Value);
            }
            else if (AddColumn().Match(action) is { Success: true } added)
            {
                _tables.GetValueOrDefault(table)?.Add(added.Groups["name"].Value);
                AddInline(table, added.Groups["name"].Value, action);
            }
            else if (action.StartsWith("add ", StringComparison.Ordinal))
            {
                AddConstraint(table, action["add ".Length..].Trim());
            }
            else if (action.StartsWith("rename to ", StringComparison.Ordinal))
            {
                Rename(table, action["rename to ".Length..].Trim());
            }
        }
    }

    private void Rename(string table, string name)
    {
        _tables[name] = _tables[table];
        _tables.Remove(table);
        for (var i = 0; i < _keys.Count; i++)
        {
            _keys[i] = _keys[i].Table == table ? _keys[i] with { Table = name } : _keys[i];
        }
    }

    private static string[] Columns(string list) => [.. Parts(list).Select(part => part.Split(' ')[0])];

    /// <summary>What stands between an opening parenthesis and its closing one.</summary>
    private static string Parenthesis(string text, int opening)
    {
        var depth = 0;
        for (var i = opening; i < text.Length; i++)
        {
            depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            if (depth == 0)
            {
                return text[(opening + 1)..i];
            }
        }

        throw new FormatException($"A parenthesis is not closed: {text[opening..]}");
    }

    /// <summary>Divides at the commas outside parentheses.</summary>
    private static IEnumerable<string> Parts(string text)
    {
        var (depth, start) = (0, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || (text[i] == ',' && depth == 0))
            {
                yield return Blank().Replace(text[start..i], " ").Trim();
                start = i + 1;
            }
            else
            {
                depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            }
        }
    }

    [GeneratedRegex("--[^\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();

    [GeneratedRegex(
        @"\bcreate (?<create>table)( if not exists)? (?<name>\w+)\s*\("
        + @"|\bcreate (?<unique>unique) index( if not exists)? (?<name>\w+)\s+on (?<table>\w+)\s*\("
        + @"|\bdrop (?<dropindex>index)( if exists)? (?<name>\w+)"
        + @"|\bdrop (?<droptable>table)( if exists)? (?<name>\w+)"
        + @"|\balter table (?<name>\w+)(?<actions>[^;]*);")]
    private static partial Regex Statement();

    [GeneratedRegex(@"^(constraint (?<name>\w+) )?(?<kind>primary key|unique|foreign key|check)\s*\(")]
    private static partial Regex Constraint();

    [GeneratedRegex(@"\breferences (?<table>\w+)")]
    private static partial Regex References();

    [GeneratedRegex(@"^drop constraint (if exists )?(?<name>\w+)")]
    private static partial Regex DropConstraint();

    [GeneratedRegex(@"^add column (if not exists )?(?<name>\w+) ")]
    private static partial Regex AddColumn();
}
