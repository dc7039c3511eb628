using System.Globalization;
using BrxSync.Client;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Adapters.Sql;
using BrxSync.Sync.Adapters.Sql.Access;
using BrxSync.Sync.Adapters.Sql.Rows;
using BrxSync.Sync.Adapters.Sqlite.Statements;
using BrxSync.Sync.Stock.Changes;
using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Items;
using BrxSync.Sync.Stock.Orders;

namespace BrxSync.Sync.Adapters.Sqlite;

/// <summary>Reads the rows of <see cref="StockStatements"/>.</summary>
internal static class StockRows
{
    public static AccountStock Account(RowReader row) => new(
        row.TimeOrNull("BooksStart"),
        Window(row, "SnapshotFrom", "SnapshotTo"),
        row.TimeOrNull("WithheldTo"),
        row.TimeOrNull("OrdersKnownUntil"),
        row.Integer("Snapshots"),
        row.NumberOrNull("Seller"),
        row.Flag("WritesEnabled"),
        row.Flag("IsConnected"),
        new SafetyStock { Copies = row.Integer("SafetyCopies"), Percent = row.Integer("SafetyPercent") },
        row.TextOrNull("SafetyActor"),
        row.TextOrNull("PushOwner"));

    /// <summary>Reads an order with one of its items, if it has any.</summary>
    public static (OrderRecord Order, OrderLine? Line) Order(RowReader row)
    {
        var order = new OrderRecord
        {
            Id = new OrderId(row.Number("OrderId")),
            ViaZero = row.Flag("ViaZero"),
            State = StoredWords.ToOrderState(row.Text("State")),
            Moment = new OrderMoment(row.Time("MomentFrom"), row.Time("MomentTo")),
            SawOpening = row.Flag("SawOpening"),
            LinesMoment = new OrderMoment(row.Time("LinesFrom"), row.Time("LinesTo")),
        };
        return row.NumberOrNull("Item") is not { } item
            ? (order, null)
            : (order, new OrderLine(
                new OrderItemId(item),
                new SaleKey(new OrderId(row.Number("Source")), Product(row)),
                row.Integer("Quantity"),
                new SaleTime(row.Time("SoldAt"), row.Flag("IsExact")),
                row.Flag("IsDeleted"),
                row.Flag("HasStood")));
    }

    /// <summary>Reads the stock side of an item.</summary>
    public static StockItem Item(RowReader row, AccountStock account) => Item(row, account, Product(row));

    /// <summary>Reads a row with all that it holds.</summary>
    public static (StockItem Item, ItemDetails Details) Details(RowReader row, AccountStock account)
    {
        var id = row.Number("Item");
        var product = StoredProduct.Find(row.TextOrNull("Product")) ?? ProvisionalProduct.Of(id);
        return (
            Item(row, account, product),
            new ItemDetails
            {
                Id = id,
                Product = product,
                Blueprint = new BlueprintId(row.Number("Blueprint")),
                PriceCents = row.Integer("PriceCents"),
                Properties = row.TextOrNull("Properties"),
                Description = row.TextOrNull("Description"),
                UserDataField = row.TextOrNull("UserDataField"),
                Graded = row.FlagOrNull("Graded"),
                RowVersion = row.Number("RowVersion"),
            });
    }

    private static StockItem Item(RowReader row, AccountStock account, ProductId product)
    {
        var quantity = row.Integer("Quantity");
        return new StockItem
        {
            Product = product,
            Quantity = quantity,
            Presence = new Presence(
                StoredWords.ToItemStatus(row.Text("Status")), row.Integer("MissingCount"), row.TimeOrNull("MissingSince")),
            LastRead = account.LastRead(
                quantity, Window(row, "ReadFrom", "ReadTo"), row.IntegerOrNull("ReadQuantity"), row.IntegerOrNull("RereadAfter")),
            ChangedLocallyAt = row.TimeOrNull("ChangedLocallyAt"),
            HeldBack = row.Integer("HeldBack"),
            SafetyStock = row.IntegerOrNull("SafetyCopies") is { } copies
                ? new SafetyStock { Copies = copies, Percent = row.Integer("SafetyPercent") }
                : null,
            Hold = (HoldState)row.Integer("Hold"),
        };
    }

    /// <summary>Reads a change on its way.</summary>
    public static LocalChange Change(RowReader row) => new()
    {
        Id = row.Uuid("Id"),
        Product = Product(row),
        Kind = StoredWords.ToChangeKind(row.Text("Kind")),
        Delta = row.Integer("Delta"),
        Fields = (ItemFields)row.Integer("Fields"),
        State = StoredWords.ToChangeState(row.Text("State")),
        SentAt = row.TimeOrNull("SentAt"),
        AnsweredAt = row.TimeOrNull("AnsweredAt"),
        Baseline = Window(row, "BaselineFrom", "BaselineTo") is { } window
            ? new Reading(window, row.IntegerOrNull("BaselineQuantity") ?? 0)
            : null,
        Sequence = row.Number("Sequence"),
        IsReservation = row.Flag("IsReservation"),
        HeldBack = row.Integer("HeldBack"),
        Short = row.Integer("Short"),
    };

    /// <summary>Reads a product to read again.</summary>
    public static (ProductId Product, DateTimeOffset AskedAt) Reread(RowReader row) => (Product(row), row.Time("AskedAt"));

    private static SnapshotWindow? Window(RowReader row, string from, string to) =>
        row.TimeOrNull(from) is { } start && row.TimeOrNull(to) is { } end ? new SnapshotWindow(start, end) : null;

    private static ProductId Product(RowReader row) => new(long.Parse(row.Text("Product"), CultureInfo.InvariantCulture));
}
