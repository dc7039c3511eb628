using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Adapters.Sql;

namespace BrxSync.Sync.Adapters.Sqlite;

/// <summary>Turns what a step writes into statements with their rows. The database is in the process, so a statement a row costs no round trip.</summary>
internal static class SqliteStockWriter
{
    public static IEnumerable<(string Sql, object[] Rows)> Statements(string account, StockWrites writes, long now) =>
        Deliveries(account, writes, now).Concat(Orders(account, writes, now)).Concat(Items(account, writes, now)).Concat(Requests(account, writes, now)).Concat(Changes(account, writes, now))
            .Where(statement => statement.Rows.Length > 0);

    private static IEnumerable<(string Sql, object[] Rows)> Deliveries(string account, StockWrites writes, long now)
    {
        yield return (StockStatements.SaveDelivery, [.. writes.NewDeliveries.Concat(writes.KeptDeliveries).Select(row => new
        {
            account,
            row.Id,
            EventTime = StoredTime.ToMicroseconds(row.EventTime),
            row.Cause,
            row.OrderId,
            row.Mode,
            Outcome = StoredText.Of(row.Outcome),
            row.Note,
            row.TraceParent,
            now,
        })]);
    }

    private static IEnumerable<(string Sql, object[] Rows)> Orders(string account, StockWrites writes, long now)
    {
        yield return (StockStatements.SaveOrder, [.. writes.NewOrders.Concat(writes.Orders).Select(order => new
        {
            account,
            Order = order.Id.Value,
            order.ViaZero,
            State = StoredText.Of(order.State),
            MomentFrom = StoredTime.ToMicroseconds(order.Moment.From),
            MomentTo = StoredTime.ToMicroseconds(order.Moment.To),
            order.SawOpening,
            LinesFrom = StoredTime.ToMicroseconds(order.LinesMoment.From),
            LinesTo = StoredTime.ToMicroseconds(order.LinesMoment.To),
            now,
        })]);
        yield return (StockStatements.DropLine, [.. writes.DroppedLines.Select(line => new { account, Order = line.Order.Value, Item = line.Line.Item.Value })]);
        yield return (StockStatements.SaveLine, [.. writes.NewLedger.Concat(writes.Ledger).Select(line => new
        {
            account,
            Order = line.Order.Value,
            Item = line.Line.Item.Value,
            Source = line.Line.Sale.Source.Value,
            Product = line.Line.Sale.Product.ToString(),
            line.Line.Quantity,
            SoldAt = StoredTime.ToMicroseconds(line.Line.At.At),
            line.Line.At.IsExact,
            line.Line.IsDeleted,
            line.Counted,
            line.Line.HasStood,
        })]);
    }

    private static IEnumerable<(string Sql, object[] Rows)> Items(string account, StockWrites writes, long now)
    {
        yield return (StockStatements.SaveItem, [.. writes.Items.Select(item => new
        {
            account,
            Product = item.Product.ToString(),
            item.Quantity,
            Status = StoredText.Of(item.Presence.Status),
            item.Presence.MissingCount,
            MissingSince = Microseconds(item.Presence.MissingSince),
            ReadFrom = Microseconds(item.LastRead?.Window.From),
            ReadTo = Microseconds(item.LastRead?.Window.To),
            ReadQuantity = item.LastRead?.Quantity,
            ChangedLocallyAt = Microseconds(item.ChangedLocallyAt),
            now,
        })]);
        yield return (StockStatements.SaveJournal, [.. writes.Journal.Select(line => new
        {
            account, Product = line.Product.ToString(), line.Cause, line.SourceId, line.Before, line.After, line.Oversold, now,
        })]);
    }

    private static IEnumerable<(string Sql, object[] Rows)> Requests(string account, StockWrites writes, long now)
    {
        yield return (StockStatements.MeetReread, [.. writes.MetRereads.Select(request => Reread(account, request))]);
        yield return (StockStatements.SaveReread, [.. writes.Rereads.Select(request => Reread(account, request))]);
        yield return (StockStatements.EndFetch, [.. writes.FetchesDone.Select(fetch => new { account, Order = fetch.Order.Value, AskedAt = StoredTime.ToMicroseconds(fetch.AskedAt) })]);
        yield return (StockStatements.SaveFetch, [.. writes.Fetches.Select(order => new { account, Order = order.Value, now })]);
        yield return (StockStatements.SaveNotice, [.. writes.Notices.Select(notice => new
        {
            account, Order = notice.Order.Value, Kind = StoredText.Of(notice.Kind), now,
        })]);
    }

    private static IEnumerable<(string Sql, object[] Rows)> Changes(string account, StockWrites writes, long now)
    {
        yield return (StockStatements.SaveChange, [.. writes.Changes.Select(change => new
        {
            account,
            Id = change.Id.ToString("D"),
            Product = change.Product.ToString(),
            Kind = StoredText.Of(change.Kind),
            change.Delta,
            Fields = (int)change.Fields,
            State = StoredText.Of(change.State),
            SentAt = Microseconds(change.SentAt),
            AnsweredAt = Microseconds(change.AnsweredAt),
            BaselineQuantity = change.Baseline?.Quantity,
            BaselineFrom = Microseconds(change.Baseline?.Window.From),
            BaselineTo = Microseconds(change.Baseline?.Window.To),
            now,
        })]);
        yield return (StockStatements.ForgetChange, [.. writes.ForgottenChanges.Select(change => new { account, Id = change.Id.ToString("D") })]);
    }

    private static object Reread(string account, RereadRequest request) => new
    {
        account,
        Product = request.Product?.ToString() ?? string.Empty,
        Blueprint = request.Blueprint?.Value ?? 0,
        AskedAt = StoredTime.ToMicroseconds(request.AskedAt),
    };

    private static long? Microseconds(DateTimeOffset? time) => time is { } at ? StoredTime.ToMicroseconds(at) : null;
}
