using Npgsql;

namespace BrxSync.Sync.Adapters.PostgreSql.Connections;

/// <summary>Looks at each new physical connection, once: what it must be to be worked on.</summary>
internal sealed class SessionInspection(IReadOnlyDictionary<string, string> settings)
{
    /// <summary>Reads settings; nothing is locked.</summary>
    private const string Deviating = """
        select s.name from unnest($1, $2) s (name, value) where lower(current_setting(s.name)) is distinct from lower(s.value) order by 1
        """;

    private readonly string[] _names = [.. settings.Keys];
    private readonly string[] _values = [.. settings.Values];

    /// <exception cref="UnsuitableDatabaseException">The encoding is not UTF-8, or our settings did not arrive.</exception>
    public async Task InspectAsync(NpgsqlConnection connection)
    {
        if (connection.PostgresParameters.GetValueOrDefault("server_encoding") is { } encoding and not "UTF8")
        {
            throw new UnsuitableDatabaseException(
                $"The database \"{connection.Database}\" is encoded in {encoding}, in which most of the world's names and texts cannot be "
                + "stored. Create one in UTF-8 (CREATE DATABASE name TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'), "
                + "name it in the connection string; pg_dump and pg_restore move what is there already.");
        }

        var command = new NpgsqlCommand(Deviating, connection) { Parameters = { new() { Value = _names }, new() { Value = _values } } };
        await using (command.ConfigureAwait(false))
        {
            var deviating = new List<string>();
            var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync().ConfigureAwait(false))
                {
                    deviating.Add(reader.GetString(0));
                }
            }

            if (deviating.Count > 0)
            {
                throw new UnsuitableDatabaseException(
                    "A connection pooler in front of the database drops what our sessions start with. Connect to the server itself, or "
                    + "give the role what they need: "
                    + string.Join(", ", deviating.Select(name => $"{name} = '{settings[name]}'")) + " (ALTER ROLE name SET ...).");
            }
        }
    }
}
