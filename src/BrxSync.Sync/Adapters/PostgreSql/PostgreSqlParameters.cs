using System.Data.Common;
using BrxSync.Sync.Adapters.Sql.Access;
using Npgsql;
using NpgsqlTypes;

namespace BrxSync.Sync.Adapters.PostgreSql;

/// <summary>The values of those types that only PostgreSQL has.</summary>
internal static class PostgreSqlParameters
{
    public static Parameters Of(AccountId account) => new Parameters().Uuid("account", account.Value);

    public static Parameters Instant(this Parameters parameters, string name, DateTimeOffset value) =>
        parameters.Add(name, PostgreSqlTime.ToServer(value), static parameter => SetType(parameter, NpgsqlDbType.TimestampTz));

    public static Parameters Instants(this Parameters parameters, string name, IEnumerable<DateTimeOffset> values) => parameters.Add(
        name,
        values.Select(PostgreSqlTime.ToServer).ToArray(),
        static parameter => SetType(parameter, NpgsqlDbType.Array | NpgsqlDbType.TimestampTz));

    public static Parameters Texts(this Parameters parameters, string name, IEnumerable<string> values) =>
        parameters.Add(name, values.ToArray(), static parameter => SetType(parameter, NpgsqlDbType.Array | NpgsqlDbType.Text));

    public static Parameters Numbers(this Parameters parameters, string name, IEnumerable<long> values) =>
        parameters.Add(name, values.ToArray(), static parameter => SetType(parameter, NpgsqlDbType.Array | NpgsqlDbType.Bigint));

    public static Parameters Integers(this Parameters parameters, string name, IEnumerable<int> values) =>
        parameters.Add(name, values.ToArray(), static parameter => SetType(parameter, NpgsqlDbType.Array | NpgsqlDbType.Integer));

    private static void SetType(DbParameter parameter, NpgsqlDbType type) => ((NpgsqlParameter)parameter).NpgsqlDbType = type;
}
