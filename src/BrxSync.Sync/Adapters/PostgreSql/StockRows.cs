using System.Globalization;
using BrxSync.Client;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Adapters.PostgreSql.Statements;
using BrxSync.Sync.Adapters.Sql;
using BrxSync.Sync.Adapters.Sql.Access;
using BrxSync.Sync.Adapters.Sql.Rows;
using BrxSync.Sync.Stock.Changes;
using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Items;
using BrxSync.Sync.Stock.Orders;
using Npgsql;

namespace BrxSync.Sync.Adapters.PostgreSql;

/// <summary>Reads the rows of <see cref="StockStatements"/>, column by column.</summary>
internal static class StockRows
{
    public static AccountStock Account(NpgsqlDataReader reader) =>
        new(
            TimeOrNull(reader, 0),
            Window(reader, 1),
            TimeOrNull(reader, 3),
            TimeOrNull(reader, 4),
            reader.GetInt32(5),
            reader.IsDBNull(6) ? null : reader.GetInt64(6),
            reader.GetBoolean(7),
            reader.GetBoolean(8),
            new SafetyStock { Copies = reader.GetInt32(9), Percent = reader.GetInt32(10) },
            TextOrNull(reader, 11),
            TextOrNull(reader, 12));

    public static async Task ReadOrdersAsync(NpgsqlDataReader reader, StockSlice slice, CancellationToken cancellationToken)
    {
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var order = new OrderId(reader.GetInt64(0));
            slice.Add(new OrderRecord
            {
                Id = order,
                ViaZero = reader.GetBoolean(1),
                State = StoredWords.ToOrderState(reader.GetString(2)),
                Moment = new OrderMoment(Time(reader, 3), Time(reader, 4)),
                SawOpening = reader.GetBoolean(5),
                LinesMoment = new OrderMoment(Time(reader, 6), Time(reader, 7)),
            });
            if (!reader.IsDBNull(8))
            {
                slice.Add(order, new OrderLine(
                    new OrderItemId(reader.GetInt64(8)),
                    new SaleKey(new OrderId(reader.GetInt64(9)), Product(reader, 10)),
                    reader.GetInt32(11),
                    new SaleTime(Time(reader, 12), reader.GetBoolean(13)),
                    reader.GetBoolean(14),
                    reader.GetBoolean(15)));
            }
        }
    }

    public static async Task ReadItemsAsync(NpgsqlDataReader reader, StockSlice slice, CancellationToken cancellationToken)
    {
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            slice.Add(Item(reader, slice, Product(reader, 0)));
        }
    }

    /// <summary>Reads rows with all that they hold.</summary>
    public static async Task ReadDetailsAsync(NpgsqlDataReader reader, StockSlice slice, CancellationToken cancellationToken)
    {
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var id = reader.GetInt64(14);
            var product = StoredProduct.Find(TextOrNull(reader, 0)) ?? ProvisionalProduct.Of(id);
            slice.Add(Item(reader, slice, product));
            slice.Add(new ItemDetails
            {
                Id = id,
                Product = product,
                Blueprint = new BlueprintId(reader.GetInt32(15)),
                PriceCents = reader.GetInt32(16),
                Properties = TextOrNull(reader, 17),
                Description = TextOrNull(reader, 18),
                UserDataField = TextOrNull(reader, 19),
                Graded = reader.IsDBNull(20) ? null : reader.GetBoolean(20),
                RowVersion = reader.GetInt64(21),
            });
        }
    }

    public static async Task ReadChangesAsync(NpgsqlDataReader reader, StockSlice slice, CancellationToken cancellationToken)
    {
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            slice.Add(new LocalChange
            {
                Id = reader.GetGuid(0),
                Product = Product(reader, 1),
                Kind = StoredWords.ToChangeKind(reader.GetString(2)),
                Delta = reader.GetInt32(3),
                Fields = (ItemFields)reader.GetInt32(4),
                State = StoredWords.ToChangeState(reader.GetString(5)),
                SentAt = TimeOrNull(reader, 6),
                AnsweredAt = TimeOrNull(reader, 7),
                Baseline = Window(reader, 9) is { } window ? new Reading(window, reader.GetInt32(8)) : null,
                Sequence = reader.GetInt64(11),
                IsReservation = reader.GetBoolean(12),
                HeldBack = reader.GetInt32(13),
                Short = reader.GetInt32(14),
            });
        }
    }

    public static async Task<HashSet<string>> ReadTextsAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var texts = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }

    private static StockItem Item(NpgsqlDataReader reader, StockSlice slice, ProductId product)
    {
        var quantity = reader.GetInt32(1);
        return new StockItem
        {
            Product = product,
            Quantity = quantity,
            Presence = new Presence(StoredWords.ToItemStatus(reader.GetString(2)), reader.GetInt16(3), TimeOrNull(reader, 4)),
            LastRead = slice.Account.LastRead(
                quantity,
                Window(reader, 5),
                reader.IsDBNull(7) ? null : reader.GetInt32(7),
                reader.IsDBNull(9) ? null : reader.GetInt32(9)),
            ChangedLocallyAt = TimeOrNull(reader, 8),
            HeldBack = reader.GetInt32(10),
            SafetyStock = reader.IsDBNull(11) ? null : new SafetyStock { Copies = reader.GetInt32(11), Percent = reader.GetInt32(12) },
            Hold = (HoldState)reader.GetInt16(13),
        };
    }

    private static string? TextOrNull(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    public static async Task ReadDeadLettersAsync(NpgsqlDataReader reader, StockSlice slice, CancellationToken cancellationToken)
    {
        var row = new RowReader(reader);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            slice.DeadLetters.Add(DeadLetterRow.Read(row).Letter);
        }
    }

    public static async Task ReadFeedsAsync(NpgsqlDataReader reader, StockSlice slice, CancellationToken cancellationToken)
    {
        var row = new RowReader(reader);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            slice.Feeds.Add(FeedRow.Read(row));
        }
    }

    public static DateTimeOffset Time(NpgsqlDataReader reader, int column) => PostgreSqlTime.FromServer(reader.GetInt64(column));

    private static DateTimeOffset? TimeOrNull(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : Time(reader, column);

    private static SnapshotWindow? Window(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : new SnapshotWindow(Time(reader, column), Time(reader, column + 1));

    private static ProductId Product(NpgsqlDataReader reader, int column) =>
        new(long.Parse(reader.GetString(column), CultureInfo.InvariantCulture));
}
