using System.Globalization;
using BrxSync.Client;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Adapters.Sql;
using BrxSync.Sync.Stock.Changes;
using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Items;
using BrxSync.Sync.Stock.Orders;

namespace BrxSync.Sync.Adapters.Sqlite;

/// <summary>A row of <see cref="StockStatements.ReadAccount"/>.</summary>
internal sealed class AccountStockRow
{
    public long? BooksStart { get; init; }

    public long? SnapshotFrom { get; init; }

    public long? SnapshotTo { get; init; }

    public long? WithheldTo { get; init; }

    public long? OrdersKnownUntil { get; init; }

    public int Snapshots { get; init; }

    public AccountStock ToAccount() => new(
        StoredTime.FromMicroseconds(BooksStart),
        StockTimes.Window(SnapshotFrom, SnapshotTo),
        StoredTime.FromMicroseconds(WithheldTo),
        StoredTime.FromMicroseconds(OrdersKnownUntil),
        Snapshots);
}

/// <summary>An order with one of its items.</summary>
internal sealed class OrderLineRow
{
    public long OrderId { get; init; }

    public bool ViaZero { get; init; }

    public string State { get; init; } = string.Empty;

    public long MomentFrom { get; init; }

    public long MomentTo { get; init; }

    public bool SawOpening { get; init; }

    public long LinesFrom { get; init; }

    public long LinesTo { get; init; }

    public long? Item { get; init; }

    public long Source { get; init; }

    public string? Product { get; init; }

    public int Quantity { get; init; }

    public long SoldAt { get; init; }

    public bool IsExact { get; init; }

    public bool IsDeleted { get; init; }

    public bool HasStood { get; init; }

    public void AddTo(StockSlice slice)
    {
        var order = new OrderId(OrderId);
        slice.Add(new OrderRecord
        {
            Id = order,
            ViaZero = ViaZero,
            State = StoredText.ToOrderState(State),
            Moment = new OrderMoment(StoredTime.FromMicroseconds(MomentFrom), StoredTime.FromMicroseconds(MomentTo)),
            SawOpening = SawOpening,
            LinesMoment = new OrderMoment(StoredTime.FromMicroseconds(LinesFrom), StoredTime.FromMicroseconds(LinesTo)),
        });
        if (Item is { } item)
        {
            slice.Add(order, new OrderLine(
                new OrderItemId(item),
                new SaleKey(new OrderId(Source), StockTimes.Product(Product!)),
                Quantity,
                new SaleTime(StoredTime.FromMicroseconds(SoldAt), IsExact),
                IsDeleted,
                HasStood));
        }
    }
}

/// <summary>The stock side of an item.</summary>
internal sealed class StockItemRow
{
    public string Product { get; init; } = string.Empty;

    public int Quantity { get; init; }

    public string Status { get; init; } = string.Empty;

    public int MissingCount { get; init; }

    public long? MissingSince { get; init; }

    public long? ReadFrom { get; init; }

    public long? ReadTo { get; init; }

    public int? ReadQuantity { get; init; }

    public long? ChangedLocallyAt { get; init; }

    public int? RereadAfter { get; init; }

    public StockItem ToItem(AccountStock account) => new()
    {
        Product = StockTimes.Product(Product),
        Quantity = Quantity,
        Presence = new Presence(StoredText.ToItemStatus(Status), MissingCount, StoredTime.FromMicroseconds(MissingSince)),
        LastRead = account.LastRead(Quantity, StockTimes.Window(ReadFrom, ReadTo), ReadQuantity, RereadAfter),
        ChangedLocallyAt = StoredTime.FromMicroseconds(ChangedLocallyAt),
    };
}

/// <summary>A change on its way.</summary>
internal sealed class ChangeRow
{
    public string Id { get; init; } = string.Empty;

    public string Product { get; init; } = string.Empty;

    public string Kind { get; init; } = string.Empty;

    public int Delta { get; init; }

    public int Fields { get; init; }

    public string State { get; init; } = string.Empty;

    public long? SentAt { get; init; }

    public long? AnsweredAt { get; init; }

    public int? BaselineQuantity { get; init; }

    public long? BaselineFrom { get; init; }

    public long? BaselineTo { get; init; }

    public LocalChange ToChange() => new()
    {
        Id = Guid.Parse(Id),
        Product = StockTimes.Product(Product),
        Kind = StoredText.ToChangeKind(Kind),
        Delta = Delta,
        Fields = (ItemFields)Fields,
        State = StoredText.ToChangeState(State),
        SentAt = StoredTime.FromMicroseconds(SentAt),
        AnsweredAt = StoredTime.FromMicroseconds(AnsweredAt),
        Baseline = StockTimes.Window(BaselineFrom, BaselineTo) is { } window ? new Reading(window, BaselineQuantity ?? 0) : null,
    };
}

/// <summary>A product to read again.</summary>
internal sealed class AskedRow
{
    public string Product { get; init; } = string.Empty;

    public long AskedAt { get; init; }
}

/// <summary>Reads the values that these rows share.</summary>
internal static class StockTimes
{
    public static SnapshotWindow? Window(long? from, long? to) => from is { } start && to is { } end
        ? new SnapshotWindow(StoredTime.FromMicroseconds(start), StoredTime.FromMicroseconds(end))
        : null;

    public static ProductId Product(string text) => new(long.Parse(text, CultureInfo.InvariantCulture));
}
