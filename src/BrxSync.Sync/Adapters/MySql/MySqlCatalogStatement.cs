using System.Globalization;
using System.Text;
using BrxSync.Client;

namespace BrxSync.Sync.Adapters.MySql;

/// <summary>Writes the one statement of a batch.</summary>
internal sealed class MySqlCatalogStatement
{
    private readonly IReadOnlyList<string> _tables;
    private readonly string _idColumn;
    private readonly string _blueprintColumn;

    public MySqlCatalogStatement(MySqlCatalogOptions options)
    {
        _tables = options.EffectiveTables;
        _idColumn = Quoted(options.IdColumn);
        _blueprintColumn = Quoted(options.BlueprintColumn);
    }

    /// <summary>
    /// Gives the statement that finds all prints of these blueprints: table index, print id, blueprint id. It relies on an index on the
    /// blueprint column; ids are numbers written out, since a list of them is the one form that every server and provider takes at any
    /// length, in one round trip.
    /// </summary>
    public string Find(IReadOnlyList<BlueprintId> ids)
    {
        var list = string.Join(',', ids.Select(id => id.Value.ToString(CultureInfo.InvariantCulture)));
        return ReadOnly(Union($"in ({list})"));
    }

    /// <summary>Gives a statement with one result for each table, which tells the types of its columns and has no row.</summary>
    public string Check() =>
        ReadOnly(string.Join("; ", _tables.Select(table => $"select {_idColumn}, {_blueprintColumn} from {Quoted(table)} limit 0")));

    /// <summary>
    /// Wraps a query so that the server refuses any write in it. The mode ends with the transaction: a connection that the host uses
    /// for something else, too, is not changed. No lock is taken; the union sees one state of all tables.
    /// </summary>
    public static string ReadOnly(string query) => $"start transaction read only; {query}; commit";

    private string Union(string condition)
    {
        var sql = new StringBuilder();
        for (var i = 0; i < _tables.Count; i++)
        {
            sql.Append(i == 0 ? "" : " union all ")
                .Append(
                    CultureInfo.InvariantCulture,
                    $"select {i}, {_idColumn}, {_blueprintColumn} from {Quoted(_tables[i])} where {_blueprintColumn} {condition}");
        }

        return sql.ToString();
    }

    // The names were checked with the options: none holds a backtick.
    private static string Quoted(string name) => $"`{name.Replace(".", "`.`", StringComparison.Ordinal)}`";
}
