using BrxSync.Client;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Adapters.Sql.Access;
using BrxSync.Sync.Adapters.Sql.Rows;
using BrxSync.Sync.Adapters.Sql.Work;
using BrxSync.Sync.Adapters.Sqlite.Statements;
using BrxSync.Sync.Stock.Changes;
using BrxSync.Sync.Stock.Items;

namespace BrxSync.Sync.Adapters.Sqlite;

/// <summary>
/// Turns what a step writes into statements with their rows. The database is in the process, so a statement a row costs no round trip.
/// </summary>
internal static class SqliteStockWriter
{
    public static IEnumerable<(string Sql, Parameters[] Rows)> Statements(AccountId account, StockWrites writes, DateTimeOffset now) =>
        Deliveries(account, writes, now)
            .Concat(Orders(account, writes, now))
            .Concat(Edits(account, writes, now))
            .Concat(Items(account, writes, now))
            .Concat(Requests(account, writes, now))
            .Concat(Changes(account, writes, now))
            .Concat(DeadLetters(account, writes, now))
            .Append(Feeds(account, writes, now))
            .Concat(Jobs(account, writes));

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
        yield return (RetentionStatements.ForgetOrder, [.. writes.ForgottenOrders.Select(order => Of(account, order))]);
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

    /// <summary>Rows are linked before anything is written by their products.</summary>
    private static IEnumerable<(string Sql, Parameters[] Rows)> Edits(AccountId account, StockWrites writes, DateTimeOffset now)
    {
        yield return (StockStatements.LinkItem, [.. writes.Links.Select(link => Parameters.Of(account)
            .Number("Item", link.ItemId)
            .Text("Product", link.Product?.ToString()))]);
        var unlinked = writes.Items.Where(item => ProvisionalProduct.Is(item.Product));
        yield return (StockStatements.SaveUnlinkedItem, [.. unlinked.Select(item => Parameters.Of(account)
            .Number("Item", ProvisionalProduct.ItemOf(item.Product))
            .Integer("Quantity", item.Quantity)
            .Text("Status", StoredWords.Of(item.Presence.Status))
            .Integer("MissingCount", item.Presence.MissingCount)
            .Time("MissingSince", item.Presence.MissingSince)
            .Time("ChangedLocallyAt", item.ChangedLocallyAt)
            .Integer("HeldBack", item.HeldBack)
            .Integer("SafetyCopies", item.SafetyStock?.Copies)
            .Integer("SafetyPercent", item.SafetyStock?.Percent)
            .Integer("Hold", (int)item.Hold)
            .Time("now", now))]);
        yield return (StockStatements.SaveEdit, [.. writes.EditedItems.Select(item => Parameters.Of(account)
            .Number("Item", item.Id)
            .Integer("Fields", (int)item.Fields)
            .Integer("PriceCents", item.PriceCents)
            .Text("Description", item.Description)
            .Text("Properties", item.Properties)
            .Integer("Graded", item.Graded is { } graded ? (graded ? 1 : 0) : null)
            .Text("UserDataField", item.UserDataField)
            .Time("now", now))]);
    }

    private static IEnumerable<(string Sql, Parameters[] Rows)> Items(AccountId account, StockWrites writes, DateTimeOffset now)
    {
        var linked = writes.Items.Where(item => !ProvisionalProduct.Is(item.Product));
        yield return (StockStatements.SaveItem, [.. linked.Select(item => Parameters.Of(account)
            .Text("Product", item.Product.ToString())
            .Integer("Quantity", item.Quantity)
            .Text("Status", StoredWords.Of(item.Presence.Status))
            .Integer("MissingCount", item.Presence.MissingCount)
            .Time("MissingSince", item.Presence.MissingSince)
            .Time("ReadFrom", item.LastRead?.Window.From)
            .Time("ReadTo", item.LastRead?.Window.To)
            .Integer("ReadQuantity", item.LastRead?.Quantity)
            .Time("ChangedLocallyAt", item.ChangedLocallyAt)
            .Integer("HeldBack", item.HeldBack)
            .Integer("SafetyCopies", item.SafetyStock?.Copies)
            .Integer("SafetyPercent", item.SafetyStock?.Percent)
            .Integer("Hold", (int)item.Hold)
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
        yield return (StockStatements.SaveFetchAnew, [.. writes.FetchesAnew.Select(order => Of(account, order).Time("now", now))]);
        yield return (StockStatements.AskForDeepPoll, writes.AsksForDeepPoll ? [Parameters.Of(account)] : []);
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
            .Text("MergedInto", change.MergedInto?.ToString("D"))
            .Number("Item", Origin(change)?.ItemId)
            .Text("Content", Origin(change)?.Content)
            .Text("Reference", Origin(change)?.Reference)
            .Text("Actor", Origin(change)?.Actor)
            .Text("OperationId", Origin(change)?.OperationId)
            .Text("TraceParent", Origin(change)?.TraceParent)
            .Time("MadeAt", Origin(change)?.MadeAt)
            .Flag("IsReservation", change.IsReservation)
            .Integer("HeldBack", change.HeldBack)
            .Integer("Short", change.Short)
            .Time("now", now))]);
        yield return (StockStatements.SaveAttempt, [.. writes.Attempts.Select(attempt => Of(account, attempt.Id)
            .Text("Call", attempt.Call)
            .Text("JobId", attempt.JobId)
            .Integer("JobIndex", attempt.JobIndex)
            .Integer("Attempts", attempt.Attempts)
            .Time("NotBefore", attempt.NotBefore)
            .Flag("IsAlone", attempt.IsAlone)
            .Text("ErrorCode", attempt.ErrorCode)
            .Text("Error", attempt.Error)
            .Text("Remarks", attempt.Remarks))]);
        yield return (StockStatements.ForgetChange, [.. writes.ForgottenChanges.Select(change => Of(account, change.Id))]);

        ChangeOrigin? Origin(LocalChange change) => writes.Origins.GetValueOrDefault(change.Id);
    }

    private static IEnumerable<(string Sql, Parameters[] Rows)> DeadLetters(AccountId account, StockWrites writes, DateTimeOffset now)
    {
        yield return (DeadLetterStatements.Settle, [.. writes.SettledDeadLetters.Select(letter => Of(account, letter.Key)
            .Text("Status", StoredWords.Of(letter.Status))
            .Text("By", letter.By)
            .Text("Reason", letter.Reason)
            .Time("now", now))]);
        yield return (DeadLetterStatements.Save, [.. writes.DeadLetters.Select(letter => Of(account, letter.Key)
            .Text("Id", letter.Id.ToString("D"))
            .Text("Kind", letter.Kind)
            .Number("ItemId", letter.ItemId)
            .Text("ExternalStockId", letter.ExternalStockId)
            .Integer("Attempts", letter.Attempts)
            .Text("ErrorCode", letter.ErrorCode)
            .Text("Error", letter.Error)
            .Text("Payload", letter.SafePayload)
            .Text("TraceParent", letter.TraceParent)
            .Time("now", now))]);
    }

    private static (string Sql, Parameters[] Rows) Feeds(AccountId account, StockWrites writes, DateTimeOffset now) => (
        FeedStatements.SaveInStep,
        [.. writes.Feeds.Select(feed => Parameters.Of(account)
            .Text("Name", feed.Name)
            .Number("Position", feed.Position)
            .Integer("Attempts", feed.Attempts)
            .Time("NotBefore", feed.NotBefore)
            .Text("Holder", feed.Holder)
            .Time("PausedAt", feed.PausedAt)
            .Text("Error", feed.Error)
            .Time("now", now))]);

    private static IEnumerable<(string Sql, Parameters[] Rows)> Jobs(AccountId account, StockWrites writes)
    {
        foreach (var (retry, error, at) in writes.GivenUpJobs)
        {
            Parameters[] row = [SqlJobRetryStore.Of(retry).Text("error", error).Time("now", at)];
            yield return (JobRetryQueries.GiveUp, row);
            yield return (JobRetryQueries.FailOperation, row);
            yield return (JobRetryQueries.FailAccount, row);
        }

        yield return (JobRetryQueries.End, [.. writes.EndedRetries.Select(kind =>
            Parameters.Of(account).Text("kind", StoredWords.Of(kind)))]);
        if (writes.QueuedSync is { } sync)
        {
            Parameters[] row =
            [
                Parameters.Of(account).Text("operation", sync.OperationId).Text("traceParent", sync.TraceParent).Time("now", sync.At),
            ];
            yield return (JobRetryQueries.QueueSync, row);
            yield return (JobRetryQueries.ShowQueued, row);
        }
    }

    private static Parameters Of(AccountId account, DeadLetterKey key) =>
        Parameters.Of(account).Text("Source", key.Source).Text("Subject", key.Subject);

    private static Parameters Of(AccountId account, OrderId order) => Parameters.Of(account).Number("Order", order.Value);

    private static Parameters Of(AccountId account, LedgerLine line) => Of(account, line.Order).Number("Item", line.Line.Item.Value);

    private static Parameters Of(AccountId account, Guid change) => Parameters.Of(account).Text("Id", change.ToString("D"));
}
