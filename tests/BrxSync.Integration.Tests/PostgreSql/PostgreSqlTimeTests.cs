using BrxSync.Client;
using BrxSync.Sync;
using BrxSync.Sync.Adapters.PostgreSql;
using BrxSync.Testing;
using Npgsql;
using NpgsqlTypes;

namespace BrxSync.Integration.Tests.PostgreSql;

/// <summary>Instants as the server sends and takes them.</summary>
public sealed class PostgreSqlTimeTests(PostgreSqlDatabase database) : IClassFixture<PostgreSqlDatabase>
{
    public static TheoryData<string, DateTimeOffset> Instants => new()
    {
        { "2000-01-01 00:00:00+00", new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero) },
        { "2026-11-02 09:00:00.123456+00", new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.Zero).AddMicroseconds(123456) },
        { "2026-11-02 09:00:00.5+02", new DateTimeOffset(2026, 11, 2, 9, 0, 0, 500, TimeSpan.FromHours(2)) },
        { "1969-12-31 23:59:59.999999+00", DateTimeOffset.UnixEpoch.AddMicroseconds(-1) },
        { "9999-01-01 00:00:00+00", new DateTimeOffset(9999, 1, 1, 0, 0, 0, TimeSpan.Zero) },
        { "-infinity", DateTimeOffset.MinValue },
        { "infinity", DateTimeOffset.MaxValue },
    };

    [Theory]
    [MemberData(nameof(Instants))]
    public async Task ToServer_Instant_IsWhatTheServerReads(string text, DateTimeOffset instant)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"select $1 = timestamptz '{text}', timestamptz '{text}'", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = PostgreSqlTime.ToServer(instant), NpgsqlDbType = NpgsqlDbType.TimestampTz });
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();

        (reader.GetBoolean(0), PostgreSqlTime.FromServer(reader.GetInt64(1))).ShouldBe((true, instant.ToUniversalTime()));
    }

    [Fact]
    public async Task Read_RowsOfTheTakenOverTablesWithoutTimes_AreReadAsTheOldest()
    {
        await using var store = new PostgreSqlStore();
        await store.StartAsync();
        var account = AccountId.Create();
        await store.ExecuteAsync($"""
            insert into user_sync_settings (user_id) values ('{account}');
            insert into user_inventory_items (user_id, blueprint_id, quantity, price_cents, external_stock_id, updated_at)
            values ('{account}', 5, 3, 100, '7', null);
            insert into sync_operations (user_id, operation_id, operation_type, status, created_at)
            values ('{account}', 'old', 'bulk_sync', 'completed', null);
            """);

        var item = (await store.Inventory.FindAsync(account, new ProductId(7))).ShouldNotBeNull();
        var operation = (await store.Operations.FindAsync("old")).ShouldNotBeNull();

        (item.UpdatedAt, operation.CreatedAt).ShouldBe((DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch));
    }
}
