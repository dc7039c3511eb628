using BrxSync.Testing;
using Npgsql;

namespace BrxSync.Integration.Tests.PostgreSql;

/// <summary>Settings that an administrator may have given a role or a database for other programs, each against what we need.</summary>
internal static class HostileServer
{
    public static IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["statement_timeout"] = "50ms",
        ["lock_timeout"] = "10ms",
        ["idle_in_transaction_session_timeout"] = "10ms",
        ["idle_session_timeout"] = "1s",
        ["transaction_timeout"] = "50ms",
        ["default_transaction_isolation"] = "serializable",
        ["default_transaction_read_only"] = "on",
        ["default_transaction_deferrable"] = "on",
        ["search_path"] = "nowhere",
        ["DateStyle"] = "SQL, DMY",
        ["IntervalStyle"] = "sql_standard",
        ["TimeZone"] = "Asia/Kathmandu",
        ["bytea_output"] = "escape",
        ["extra_float_digits"] = "-15",
        ["standard_conforming_strings"] = "off",
        ["client_encoding"] = "LATIN1",
        ["synchronous_commit"] = "off",
    };

    /// <summary>Gives a database a role of its own, which owns it, and returns the connection string of that role.</summary>
    public static async Task<string> AddRoleAsync(PostgreSqlDatabase database)
    {
        var role = database.Name;
        await database.ExecuteAsync($"create role {role} login password 'hostile'; alter database {database.Name} owner to {role}");
        return new NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = role, Password = "hostile" }.ConnectionString;
    }

    public static async Task DropRoleAsync(PostgreSqlDatabase database)
    {
        var role = database.Name;
        await database.DisposeAsync();
        var connection = new NpgsqlConnectionStringBuilder(ServerEnvironment.PostgreSql) { Pooling = false };
        await using var server = new NpgsqlConnection(connection.ConnectionString);
        await server.OpenAsync();
        await using var drop = new NpgsqlCommand($"drop role if exists {role}", server);
        await drop.ExecuteNonQueryAsync();
    }

    /// <summary>Sets everything, for the role or for whoever comes to the database.</summary>
    public static async Task SetAsync(PostgreSqlDatabase database, bool forRole)
    {
        foreach (var name in Settings.Keys)
        {
            await TrySetAsync(database, name, forRole);
        }
    }

    /// <summary>Sets one of them, unless the server is too old to know it.</summary>
    public static async Task<bool> TrySetAsync(PostgreSqlDatabase database, string name, bool forRole)
    {
        var server = new NpgsqlConnectionStringBuilder(ServerEnvironment.PostgreSql) { Pooling = false };
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync();
        if (name == "transaction_timeout" && connection.PostgreSqlVersion.Major < 17)
        {
            return false;
        }

        var target = forRole ? $"role {database.Name}" : $"database {database.Name}";
        await using var command = new NpgsqlCommand($"alter {target} set {name} = '{Settings[name]}'", connection);
        await command.ExecuteNonQueryAsync();
        return true;
    }
}
