using System.Globalization;
using MySql.Data.MySqlClient;

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
                $"insert into {catalogue._name}.{rows.Table} (cardtrader_id, name) values " + string.Join(',', rows.Ids.Select(id => $"({id},'A print with a name of usual length')")));
        }

        catalogue.Prints = mapped.Length;
        return catalogue;
    }

    /// <summary>Counts all queries that the server has run, this one included.</summary>
    public async Task<long> CountSelectsAsync()
    {
        await using var connection = await OpenAsync();
        await using var command = new MySqlCommand(
            "select cast(variable_value as unsigned) from information_schema.global_status where variable_name = 'COM_SELECT'", connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    /// <summary>Gives the largest number of connections to this catalogue that were open at a time, and how often that was asked.</summary>
    public async Task<(long Most, long Asked)> WatchConnectionsAsync(CancellationToken stop)
    {
        await using var connection = await OpenAsync();
        await using var command = new MySqlCommand($"select count(*) from information_schema.processlist where db = '{_name}'", connection);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        var (most, asked) = (0L, 0L);
        try
        {
            do
            {
                asked++;
                most = Math.Max(most, Convert.ToInt64(await command.ExecuteScalarAsync(CancellationToken.None), CultureInfo.InvariantCulture));
            }
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException)
        {
            // The measurement is over.
        }

        return (most, asked);
    }

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
}
