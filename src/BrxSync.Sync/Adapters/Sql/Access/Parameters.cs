using System.Data;
using System.Data.Common;
using BrxSync.Sync.Abstractions.Records;

namespace BrxSync.Sync.Adapters.Sql.Access;

/// <summary>
/// The values of a statement, each with the type that it has there: a process-wide setting by which a host maps types to parameters has no
/// say in what is sent. A statement takes from them what it names.
/// </summary>
internal sealed class Parameters
{
    private readonly List<Parameter> _all = [];

    public static Parameters Of(AccountId account) => new Parameters().Account(account);

    public Parameters Account(AccountId account) => Text("account", account.ToString());

    public Parameters Text(string name, string? value) => Add(name, value is null ? null : SafeText.Of(value), DbType.String);

    public Parameters Number(string name, long? value) => Add(name, value, DbType.Int64);

    public Parameters Integer(string name, int? value) => Add(name, value, DbType.Int32);

    public Parameters Flag(string name, bool value) => Add(name, value, DbType.Boolean);

    public Parameters Uuid(string name, Guid value) => Add(name, value, DbType.Guid);

    /// <summary>Adds an instant as microseconds.</summary>
    public Parameters Time(string name, DateTimeOffset? value) => Number(name, value is { } time ? StoredTime.ToMicroseconds(time) : null);

    /// <summary>Adds a value of a type that only one provider has.</summary>
    public Parameters Add(string name, object? value, Action<DbParameter> setType)
    {
        _all.Add(new Parameter(name, value, default, setType));
        return this;
    }

    /// <summary>Gives the values to a command.</summary>
    public void AddTo(DbCommand command)
    {
        foreach (var value in _all)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = value.Name;
            command.Parameters.Add(value.In(parameter));
        }
    }

    /// <summary>Gives a part of the values to a command that knows them by their places.</summary>
    public void AddTo(DbBatchCommand command, string[] names)
    {
        foreach (var name in names)
        {
            var value = _all.Find(value => string.Equals(value.Name, name, StringComparison.OrdinalIgnoreCase))
                ?? throw new InvalidOperationException($"The statement names a value that it was not given: {name}.");
            command.Parameters.Add(value.In(command.CreateParameter()));
        }
    }

    /// <summary>Gives the values to a command that has others of the same names and types.</summary>
    public void ReplaceIn(DbCommand command)
    {
        for (var i = 0; i < _all.Count; i++)
        {
            command.Parameters[i].Value = _all[i].Value ?? DBNull.Value;
        }
    }

    private Parameters Add(string name, object? value, DbType type)
    {
        _all.Add(new Parameter(name, value, type, null));
        return this;
    }

    private sealed record Parameter(string Name, object? Value, DbType Type, Action<DbParameter>? SetType)
    {
        public DbParameter In(DbParameter parameter)
        {
            if (SetType is null)
            {
                parameter.DbType = Type;
            }
            else
            {
                SetType(parameter);
            }

            parameter.Value = Value ?? DBNull.Value;
            return parameter;
        }
    }
}
