using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using BrxSync.Sync;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;

namespace BrxSync.Benchmarks.FullSyncFloor;

/// <summary>
/// The floor: stream, parse with the serializer, COPY into a temp table, ANALYZE, MERGE, commit. No guard, no journal, no record.
/// </summary>
internal sealed class FloorSync(string store, string address, string token) : ISyncUnderTest
{
    private readonly Guid _account = Guid.NewGuid();
    private readonly NpgsqlDataSource _dataSource = NpgsqlDataSource.Create(store);
    private readonly HttpClient _client = new() { BaseAddress = new Uri(address), Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>The same tables as the engine's, made by its own migrations.</summary>
    public async Task SetUpAsync()
    {
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddPostgreSqlStore(options => options.ConnectionString = store);
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<IStoreMigrator>().MigrateAsync();
        using var info = await _client.GetAsync("info");
        info.EnsureSuccessStatusCode();
        await ReadCountersAsync(store);
    }

    public async Task<string> SyncAsync()
    {
        await using var connection = await _dataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await ExecuteAsync(connection, """
            create temp table floor_stage (external_stock_id varchar(255) collate "C" not null, blueprint_id integer not null,
                quantity integer not null, price_cents integer not null, properties jsonb, description text, user_data_field text, graded boolean)
            on commit drop
            """);
        using var response = await _client.GetAsync("products/export", HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync();
        var count = 0;
        await using (var importer = await connection.BeginBinaryImportAsync("""
            copy floor_stage (external_stock_id, blueprint_id, quantity, price_cents, properties, description, user_data_field, graded)
            from stdin (format binary)
            """))
        {
            await foreach (var product in JsonSerializer.DeserializeAsyncEnumerable(body, FloorJson.Default.FloorProduct))
            {
                await importer.StartRowAsync();
                await importer.WriteAsync(product!.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), NpgsqlDbType.Varchar);
                await importer.WriteAsync(product.BlueprintId, NpgsqlDbType.Integer);
                await importer.WriteAsync(product.Quantity, NpgsqlDbType.Integer);
                await importer.WriteAsync(product.PriceCents, NpgsqlDbType.Integer);
                await importer.WriteAsync(product.PropertiesHash.GetRawText(), NpgsqlDbType.Jsonb);
                await WriteTextAsync(importer, product.Description);
                await WriteTextAsync(importer, product.UserDataField);
                await importer.WriteAsync(product.Graded.ValueKind == JsonValueKind.True, NpgsqlDbType.Boolean);
                count++;
            }

            await importer.CompleteAsync();
        }

        await ExecuteAsync(connection, "analyze floor_stage; set local enable_nestloop = off");
        await ExecuteAsync(connection, $"""
            merge into user_inventory_items t using floor_stage s
            on t.user_id = '{_account:D}'::uuid and t.external_stock_id = s.external_stock_id
            when matched and (t.blueprint_id, t.quantity, t.price_cents, t.properties, t.description, t.user_data_field, t.graded)
                is distinct from (s.blueprint_id, s.quantity, s.price_cents, s.properties, s.description, s.user_data_field, s.graded)
            then update set blueprint_id = s.blueprint_id, quantity = s.quantity, price_cents = s.price_cents, properties = s.properties,
                description = s.description, user_data_field = s.user_data_field, graded = s.graded, updated_at = now()
            when not matched then insert (user_id, external_stock_id, blueprint_id, quantity, price_cents, properties, description,
                user_data_field, graded)
            values ('{_account:D}'::uuid, s.external_stock_id, s.blueprint_id, s.quantity, s.price_cents, s.properties, s.description,
                s.user_data_field, s.graded)
            """);
        await transaction.CommitAsync();
        return $"{count} products merged";
    }

    public Task<CpuClock> WatchAsync() => WatchAsync(store);

    public async Task<StoreCounters?> CountAsync() => await ReadCountersAsync(store);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _dataSource.DisposeAsync();
    }

    internal static async Task<CpuClock> WatchAsync(string store)
    {
        await using var connection = new NpgsqlConnection(store + ";Pooling=false");
        await connection.OpenAsync();
        return new CpuClock(connection.ProcessID);
    }

    internal static async Task<StoreCounters> ReadCountersAsync(string store)
    {
        await using var connection = new NpgsqlConnection(store + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("""
            select (pg_current_wal_lsn() - '0/0'::pg_lsn)::bigint, pg_stat_get_tuples_inserted(c.oid), pg_stat_get_tuples_updated(c.oid),
                   pg_total_relation_size(c.oid), coalesce(pg_total_relation_size(to_regclass('stock_journal')), 0)
            from pg_class c where c.oid = 'user_inventory_items'::regclass
            """, connection);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return new StoreCounters(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4));
    }

    private static Task WriteTextAsync(NpgsqlBinaryImporter importer, string? text) =>
        text is null ? importer.WriteNullAsync() : importer.WriteAsync(text, NpgsqlDbType.Text);

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>The stored fields of a product, read without tolerance.</summary>
internal sealed record FloorProduct(
    long Id,
    int BlueprintId,
    int Quantity,
    int PriceCents,
    string? Description,
    string? UserDataField,
    JsonElement Graded,
    JsonElement PropertiesHash);

/// <summary>Generated serializers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(FloorProduct))]
internal sealed partial class FloorJson : JsonSerializerContext;
