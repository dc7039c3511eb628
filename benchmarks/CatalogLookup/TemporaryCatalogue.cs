using System.Globalization;
using MySqlConnector;

namespace BrxSync.Benchmarks.CatalogLookup;

/// <summary>A catalogue in a database of its own that is gone afterwards, and what its server counts.</summary>
internal sealed class TemporaryCatalogue : IAsyncDisposable
{
    private static readonly string[] Tables = ["cards_prints", "op_prints", "pk_prints", "sealed_products"];

    private readonly string _name = $"brxsync_bench_{Guid.NewGuid():N}";
    private readonly string _server;

    private TemporaryCatalogue(string server) => _server = new MySqlConnectionStringBuilder(server) { Pooling = false }.ConnectionString;

    public string ConnectionString => new MySqlConnectionStringBuilder(_server) { Pooling = true, Database = _name }.ConnectionString;

    public int Prints { get; private set; }

    /// <summary>Every blueprint but each thirtieth has a print; the tables hold as many prints again that nobody asks for.</summary>
    public static async Task<TemporaryCatalogue> CreateAsync(string server, int blueprints)
    {
        var catalogue = new TemporaryCatalogue(server);
        await catalogue.ExecuteAsync($"create database {catalogue._name}");
        foreach (var table in Tables)
        {
            await catalogue.ExecuteAsync(
                $"create table {catalogue._name}.{table} (id int not null auto_increment primary key, cardtrader_id int null, name varchar(255) not null, key (cardtrader_id))");
        }

        var mapped = Enumerable.Range(1, blueprints * 2).Where(id => id % 30 != 0).ToArray();
        foreach (var rows in mapped.Chunk(5_000).Select((ids, i) => (Ids: ids, Table: Tables[i % Tables.Length])))
        {
            await catalogue.ExecuteAsync(
                $"insert into {catalogue._name}.{rows.Table} (cardtrader_id, name) values "
                + string.Join(',', rows.Ids.Select(id => $"({id},'A print with a name of usual length')")));
        }

        catalogue.Prints = mapped.Length;
        return catalogue;
    }

    /// <summary>Runs something and tells what the server saw meanwhile.</summary>
    public async Task<ServerCounts> CountAsync(Func<Task> run)
    {
        await using var connection = await OpenAsync();
        var before = await CountersAsync(connection);
        using var stop = new CancellationTokenSource();
        var watching = WatchAsync(connection, stop.Token);
        await run();
        await stop.CancelAsync();
        var (most, asked) = await watching;
        var after = await CountersAsync(connection);

        // Our own questions are queries, too: the watching ones, the two of the last look, less the one left out on each side.
        return new ServerCounts(after.Selects - before.Selects - asked - 2, after.Connections - before.Connections, most);
    }

    /// <summary>Closes the connections that the provider keeps open for a next host.</summary>
    public static Task ForgetConnectionsAsync() => Task.Run(MySqlConnection.ClearAllPools);

    public async ValueTask DisposeAsync() => await ExecuteAsync($"drop database {_name}");

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = new MySqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
    }

    private async Task<MySqlConnection> OpenAsync()
    {
        var connection = new MySqlConnection(_server);
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Gives the largest number of connections to this catalogue that were open at a time, and how often that was asked.</summary>
    private async Task<(long Most, long Asked)> WatchAsync(MySqlConnection connection, CancellationToken stop)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        var (most, asked) = (0L, 0L);
        try
        {
            do
            {
                asked++;
                most = Math.Max(
                    most, await ScalarAsync(connection, $"select count(*) from information_schema.processlist where db = '{_name}'"));
            }
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException)
        {
            // The measurement is over.
        }

        return (most, asked);
    }

    private static async Task<(long Selects, long Connections)> CountersAsync(MySqlConnection connection)
    {
        var connections = await ScalarAsync(connection, Status("CONNECTIONS"));
        return (await ScalarAsync(connection, Status("COM_SELECT")) - 1, connections);
    }

    private static string Status(string name) =>
        $"select cast(variable_value as unsigned) from information_schema.global_status where variable_name = '{name}'";

    private static async Task<long> ScalarAsync(MySqlConnection connection, string sql)
    {
        await using var command = new MySqlCommand(sql, connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(CancellationToken.None), CultureInfo.InvariantCulture);
    }
}
