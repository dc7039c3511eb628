using System.Data.Common;

namespace BrxSync.Sync.Adapters.Sql.Access;

/// <summary>
/// Reads the columns of a row by name and by the provider's own typed getters, which no process-wide mapping of types can change. Columns
/// that are read in the order in which the statement gives them are found at the first look.
/// </summary>
internal sealed class RowReader
{
    private readonly DbDataReader _reader;
    private readonly string[] _columns;
    private int _last = -1;

    public RowReader(DbDataReader reader)
    {
        _reader = reader;
        _columns = new string[reader.FieldCount];
        for (var i = 0; i < _columns.Length; i++)
        {
            _columns[i] = reader.GetName(i);
        }
    }

    public string Text(string column) => _reader.GetString(Find(column));

    public string? TextOrNull(string column) => FindValue(column) is { } at ? _reader.GetString(at) : null;

    public Guid Uuid(string column) => Guid.Parse(Text(column));

    public long Number(string column) => _reader.GetInt64(Find(column));

    public long? NumberOrNull(string column) => FindValue(column) is { } at ? _reader.GetInt64(at) : null;

    public int Integer(string column) => checked((int)Number(column));

    public int? IntegerOrNull(string column) => checked((int?)NumberOrNull(column));

    public bool Flag(string column) => _reader.GetBoolean(Find(column));

    public bool? FlagOrNull(string column) => FindValue(column) is { } at ? _reader.GetBoolean(at) : null;

    /// <summary>Reads an instant that crosses as microseconds.</summary>
    public DateTimeOffset Time(string column) => StoredTime.FromMicroseconds(Number(column));

    public DateTimeOffset? TimeOrNull(string column) => StoredTime.FromMicroseconds(NumberOrNull(column));

    /// <summary>Reads the first column, whose name is the dialect's.</summary>
    public long? FirstNumber() => _reader.IsDBNull(0) ? null : _reader.GetInt64(0);

    private int? FindValue(string column) => Find(column) is var at && _reader.IsDBNull(at) ? null : at;

    private int Find(string column)
    {
        for (var i = 0; i < _columns.Length; i++)
        {
            _last = _last + 1 == _columns.Length ? 0 : _last + 1;
            if (string.Equals(_columns[_last], column, StringComparison.OrdinalIgnoreCase))
            {
                return _last;
            }
        }

        throw new InvalidOperationException($"The result has no column {column}, only {string.Join(", ", _columns)}.");
    }
}
