using BrxSync.Client;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Adapters.Sql.Access;
using BrxSync.Sync.Adapters.Sql.Rows;
using BrxSync.Sync.Adapters.Sqlite.Statements;

namespace BrxSync.Sync.Adapters.Sqlite;

/// <summary>
/// Turns what a step writes into statements with their rows. The database is in the process, so a statement a row costs no round trip.
/// </summary>
internal static class SqliteStockWriter
{
    public static IEnumerable<(string Sql, Parameters[] Rows)> Statements(AccountId account, StockWrites writes, DateTimeOffset now) =>
        Deliveries(account, writes, now)
            .Concat(Orders(account, writes, now))
            .Concat(Items(account, writes, now))
            .Concat(Requests(account, writes, now))
            .Concat(Changes(account, writes, now));

    public static Parameters Reread(AccountId account, RereadRequest request) => Parameters.Of(account)
        .Text("Product", RequestRow.ProductOf(request))
        .Number("Blueprint", RequestRow.BlueprintOf(request))
        .Time("AskedAt", request.AskedAt);

    private static IEnumerable<(string Sql, Parameters[] Rows)> Deliveries(AccountId account, StockWrites writes, DateTimeOffset now)
    {
        var rows = writes.NewDeliveries.Concat(writes.KeptDeliveries);
        yield return (StockStatements.SaveDelivery, [.. rows.Select(row => Parameters.Of(account)
            .Text("Id", row.Id)
            .Time("EventTime", row.EventTime)
            .Text("Cause", row.Cause)
            .Number("OrderId", row.OrderId)
            .Text("Mode", row.Mode)
            .Text("Outcome", StoredWords.Of(row.Outcome))
            .Text("Note", row.Note)
            .Text("TraceParent", row.TraceParent)
            .Time("now", now))]);
    }

    private static IEnumerable<(string Sql, Parameters[] Rows)> Orders(AccountId account, StockWrites writes, DateTimeOffset now)
    {
        yield return (StockStatements.SaveOrder, [.. writes.NewOrders.Concat(writes.Orders).Select(order => Of(account, order.Id)
            .Flag("ViaZero", order.ViaZero)
            .Text("State", StoredWords.Of(order.State))
            .Time("MomentFrom", order.Moment.From)
            .Time("MomentTo", order.Moment.To)
            .Flag("SawOpening", order.SawOpening)
            .Time("LinesFrom", order.LinesMoment.From)
            .Time("LinesTo", order.LinesMoment.To)
            .Time("now", now))]);
        yield return (StockStatements.DropLine, [.. writes.DroppedLines.Select(line => Of(account, line))]);
        yield return (StockStatements.SaveLine, [.. writes.NewLedger.Concat(writes.Ledger).Select(line => Of(account, line)
            .Number("Source", line.Line.Sale.Source.Value)
            .Text("Product", line.Line.Sale.Product.ToString())
            .Integer("Quantity", line.Line.Quantity)
            .Time("SoldAt", line.Line.At.At)
            .Flag("IsExact", line.Line.At.IsExact)
            .Flag("IsDeleted", line.Line.IsDeleted)
            .Integer("Counted", line.Counted)
            .Flag("HasStood", line.Line.HasStood))]);
    }

    private static IEnumerable<(string Sql, Parameters[] Rows)> Items(AccountId account, StockWrites writes, DateTimeOffset now)
    {
        yield return (StockStatements.SaveItem, [.. writes.Items.Select(item => Parameters.Of(account)
            .Text("Product", item.Product.ToString())
            .Integer("Quantity", item.Quantity)
            .Text("Status", StoredWords.Of(item.Presence.Status))
            .Integer("MissingCount", item.Presence.MissingCount)
            .Time("MissingSince", item.Presence.MissingSince)
            .Time("ReadFrom", item.LastRead?.Window.From)
            .Time("ReadTo", item.LastRead?.Window.To)
            .Integer("ReadQuantity", item.LastRead?.Quantity)
            .Time("ChangedLocallyAt", item.ChangedLocallyAt)
            .Time("now", now))]);
        yield return (StockStatements.SaveJournal, [.. writes.Journal.Select((line, index) => Parameters.Of(account)
            .Integer("Place", index + 1)
            .Text("Product", line.Product.ToString())
            .Text("Cause", line.Cause)
            .Text("SourceId", line.SourceId)
            .Integer("Before", line.Before)
            .Integer("After", line.After)
            .Integer("Oversold", line.Oversold)
            .Text("Actor", line.Actor ?? JournalActors.CardTrader)
            .Integer("Fields", (int)line.Fields)
            .Integer("PriceBefore", line.PriceBefore)
            .Integer("PriceAfter", line.PriceAfter)
            .Time("now", now))]);
        yield return (
            StockStatements.RaiseJournal,
            writes.Journal.Count == 0 ? [] : [Parameters.Of(account).Integer("written", writes.Journal.Count)]);
    }

    private static IEnumerable<(string Sql, Parameters[] Rows)> Requests(AccountId account, StockWrites writes, DateTimeOffset now)
    {
        yield return (StockStatements.MeetReread, [.. writes.MetRereads.Select(request => Reread(account, request))]);
        yield return (StockStatements.SaveReread, [.. writes.Rereads.Select(request => Reread(account, request))]);
        yield return (StockStatements.EndFetch, [.. writes.FetchesDone.Select(fetch =>
            Of(account, fetch.Order).Time("AskedAt", fetch.AskedAt))]);
        yield return (StockStatements.SaveFetch, [.. writes.Fetches.Select(order => Of(account, order).Time("now", now))]);
        yield return (StockStatements.SaveNotice, [.. writes.Notices.Select(notice =>
            Of(account, notice.Order).Text("Kind", StoredWords.Of(notice.Kind)).Time("now", now))]);
    }

    private static IEnumerable<(string Sql, Parameters[] Rows)> Changes(AccountId account, StockWrites writes, DateTimeOffset now)
    {
        yield return (StockStatements.SaveChange, [.. writes.Changes.Select(change => Of(account, change.Id)
            .Text("Product", change.Product.ToString())
            .Text("Kind", StoredWords.Of(change.Kind))
            .Integer("Delta", change.Delta)
            .Integer("Fields", (int)change.Fields)
            .Text("State", StoredWords.Of(change.State))
            .Time("SentAt", change.SentAt)
            .Time("AnsweredAt", change.AnsweredAt)
            .Integer("BaselineQuantity", change.Baseline?.Quantity)
            .Time("BaselineFrom", change.Baseline?.Window.From)
            .Time("BaselineTo", change.Baseline?.Window.To)
            .Time("now", now))]);
        yield return (StockStatements.ForgetChange, [.. writes.ForgottenChanges.Select(change => Of(account, change.Id))]);
    }

    private static Parameters Of(AccountId account, OrderId order) => Parameters.Of(account).Number("Order", order.Value);

    private static Parameters Of(AccountId account, LedgerLine line) => Of(account, line.Order).Number("Item", line.Line.Item.Value);

    private static Parameters Of(AccountId account, Guid change) => Parameters.Of(account).Text("Id", change.ToString("D"));
}
