using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Adapters.PostgreSql.Statements;
using BrxSync.Sync.Stock.Changes;
using BrxSync.Sync.Stock.Items;
using BrxSync.Sync.Stock.Orders;
using NpgsqlTypes;
using static BrxSync.Sync.Adapters.PostgreSql.StockBatch;

namespace BrxSync.Sync.Adapters.PostgreSql;

/// <summary>Turns what a step writes into statements: one for each table that is touched.</summary>
internal static class StockWriter
{
    public static void Add(StockBatch batch, StockWrites writes)
    {
        AddDeliveries(batch, writes);
        AddOrders(batch, writes);
        AddEdits(batch, writes);
        AddItems(batch, writes);
        AddRequests(batch, writes);
        AddChanges(batch, writes);
        AddDeadLetters(batch, writes);
        AddFeeds(batch, writes);
        AddJobs(batch, writes);
    }

    private static void AddDeliveries(StockBatch batch, StockWrites writes)
    {
        if (writes.NewDeliveries is { Count: > 0 } rows)
        {
            batch.Add(
                StockStatements.InsertDeliveries,
                Texts(rows, row => row.Id),
                Times(rows, row => row.EventTime),
                Texts(rows, row => row.Cause),
                Array(rows, NpgsqlDbType.Bigint, row => row.OrderId),
                Texts(rows, row => row.Mode),
                Texts(rows, row => StoredWords.Of(row.Outcome)),
                Texts(rows, row => row.Note),
                Texts(rows, row => row.TraceParent));
        }

        if (writes.KeptDeliveries is { Count: > 0 } kept)
        {
            batch.Add(
                StockStatements.EndWaiting,
                Texts(kept, row => row.Id),
                Texts(kept, row => StoredWords.Of(row.Outcome)),
                Texts(kept, row => row.Note));
        }
    }

    private static void AddOrders(StockBatch batch, StockWrites writes)
    {
        AddOrders(batch, StockStatements.InsertOrders, writes.NewOrders);
        AddOrders(batch, StockStatements.UpdateOrders, writes.Orders);
        if (writes.DroppedLines is { Count: > 0 } dropped)
        {
            batch.Add(
                StockStatements.DropLedger, Numbers(dropped, line => line.Order.Value), Numbers(dropped, line => line.Line.Item.Value));
        }

        if (writes.ForgottenOrders is { Count: > 0 } forgotten)
        {
            batch.Add(RetentionStatements.ForgetOrders, StockBatch.Orders(forgotten));
        }

        AddLedger(batch, StockStatements.InsertLedger, writes.NewLedger);
        AddLedger(batch, StockStatements.UpdateLedger, writes.Ledger);
    }

    private static void AddOrders(StockBatch batch, string sql, IReadOnlyList<OrderRecord> orders)
    {
        if (orders.Count > 0)
        {
            batch.Add(
                sql,
                Numbers(orders, order => order.Id.Value),
                Flags(orders, order => order.ViaZero),
                Texts(orders, order => StoredWords.Of(order.State)),
                Times(orders, order => order.Moment.From),
                Times(orders, order => order.Moment.To),
                Flags(orders, order => order.SawOpening),
                Times(orders, order => order.LinesMoment.From),
                Times(orders, order => order.LinesMoment.To));
        }
    }

    private static void AddLedger(StockBatch batch, string sql, IReadOnlyList<LedgerLine> lines)
    {
        if (lines.Count > 0)
        {
            batch.Add(
                sql,
                Numbers(lines, line => line.Order.Value),
                Numbers(lines, line => line.Line.Item.Value),
                Numbers(lines, line => line.Line.Sale.Source.Value),
                Texts(lines, line => line.Line.Sale.Product.ToString()),
                Integers(lines, line => line.Line.Quantity),
                Times(lines, line => line.Line.At.At),
                Flags(lines, line => line.Line.At.IsExact),
                Flags(lines, line => line.Line.IsDeleted),
                Integers(lines, line => line.Counted),
                Flags(lines, line => line.Line.HasStood));
        }
    }

    private static void AddItems(StockBatch batch, StockWrites writes)
    {
        if (writes.Items.Where(item => !ProvisionalProduct.Is(item.Product)).ToArray() is { Length: > 0 } items)
        {
            batch.Add(
                StockStatements.SaveItems,
                Texts(items, item => item.Product.ToString()),
                Integers(items, item => item.Quantity),
                Texts(items, item => StoredWords.Of(item.Presence.Status)),
                Integers(items, item => item.Presence.MissingCount),
                Times(items, item => item.Presence.MissingSince),
                Times(items, item => item.LastRead?.Window.From),
                Times(items, item => item.LastRead?.Window.To),
                Array(items, NpgsqlDbType.Integer, item => item.LastRead?.Quantity),
                Times(items, item => item.ChangedLocallyAt),
                Integers(items, item => item.HeldBack),
                Array(items, NpgsqlDbType.Integer, item => item.SafetyStock?.Copies),
                Array(items, NpgsqlDbType.Integer, item => item.SafetyStock?.Percent),
                Integers(items, item => (int)item.Hold));
        }

        if (writes.Journal is { Count: > 0 } journal)
        {
            batch.Add(
                StockStatements.SaveJournal,
                Texts(journal, line => line.Product.ToString()),
                Texts(journal, line => line.Cause),
                Texts(journal, line => line.SourceId),
                Integers(journal, line => line.Before),
                Integers(journal, line => line.After),
                Integers(journal, line => line.Oversold),
                Texts(journal, line => line.Actor ?? JournalActors.CardTrader),
                Integers(journal, line => (int)line.Fields),
                Array(journal, NpgsqlDbType.Integer, line => line.PriceBefore),
                Array(journal, NpgsqlDbType.Integer, line => line.PriceAfter));
        }
    }

    /// <summary>Rows are linked before anything is written by their products.</summary>
    private static void AddEdits(StockBatch batch, StockWrites writes)
    {
        if (writes.Links is { Count: > 0 } links)
        {
            batch.Add(StockStatements.LinkItems, Numbers(links, link => link.ItemId), Texts(links, link => link.Product?.ToString()));
        }

        if (writes.Items.Where(item => ProvisionalProduct.Is(item.Product)).ToArray() is { Length: > 0 } items)
        {
            batch.Add(
                StockStatements.SaveUnlinkedItems,
                Numbers(items, item => ProvisionalProduct.ItemOf(item.Product)),
                Integers(items, item => item.Quantity),
                Texts(items, item => StoredWords.Of(item.Presence.Status)),
                Integers(items, item => item.Presence.MissingCount),
                Times(items, item => item.Presence.MissingSince),
                Times(items, item => item.ChangedLocallyAt),
                Integers(items, item => item.HeldBack),
                Array(items, NpgsqlDbType.Integer, item => item.SafetyStock?.Copies),
                Array(items, NpgsqlDbType.Integer, item => item.SafetyStock?.Percent),
                Integers(items, item => (int)item.Hold));
        }

        if (writes.EditedItems is { Count: > 0 } prices && prices.All(item => item.Fields == ItemFields.Price))
        {
            batch.Add(StockStatements.SavePrices, Numbers(prices, item => item.Id), Integers(prices, item => item.PriceCents));
        }
        else if (writes.EditedItems is { Count: > 0 } edited)
        {
            batch.Add(
                StockStatements.SaveEdits,
                Numbers(edited, item => item.Id),
                Integers(edited, item => (int)item.Fields),
                Integers(edited, item => item.PriceCents),
                Texts(edited, item => item.Description),
                Texts(edited, item => item.Properties),
                Array(edited, NpgsqlDbType.Boolean, item => item.Graded),
                Texts(edited, item => item.UserDataField));
        }
    }

    private static void AddRequests(StockBatch batch, StockWrites writes)
    {
        if (writes.MetRereads is { Count: > 0 } met)
        {
            batch.Add(StockStatements.MeetRereads, ReadProducts(met), ReadBlueprints(met), Times(met, request => request.AskedAt));
        }

        if (writes.Rereads is { Count: > 0 } asked)
        {
            batch.Add(StockStatements.SaveRereads, ReadProducts(asked), ReadBlueprints(asked), Times(asked, request => request.AskedAt));
        }

        if (writes.FetchesDone is { Count: > 0 } done)
        {
            batch.Add(StockStatements.EndFetches, Numbers(done, fetch => fetch.Order.Value), Times(done, fetch => fetch.AskedAt));
        }

        if (writes.Fetches is { Count: > 0 } fetches)
        {
            batch.Add(StockStatements.SaveFetches, StockBatch.Orders(fetches));
        }

        if (writes.FetchesAnew is { Count: > 0 } anew)
        {
            batch.Add(StockStatements.SaveFetchesAnew, StockBatch.Orders(anew));
        }

        if (writes.AsksForDeepPoll)
        {
            batch.Add(StockStatements.AskForDeepPoll);
        }

        if (writes.Notices is { Count: > 0 } notices)
        {
            batch.Add(
                StockStatements.SaveNotices,
                Numbers(notices, notice => notice.Order.Value),
                Texts(notices, notice => StoredWords.Of(notice.Kind)));
        }
    }

    private static void AddChanges(StockBatch batch, StockWrites writes)
    {
        if (writes.Changes is { Count: > 0 } changes)
        {
            batch.Add(
                StockStatements.SaveChanges,
                Array(changes, NpgsqlDbType.Uuid, change => change.Id),
                Texts(changes, change => change.Product.ToString()),
                Texts(changes, change => StoredWords.Of(change.Kind)),
                Integers(changes, change => change.Delta),
                Integers(changes, change => (int)change.Fields),
                Texts(changes, change => StoredWords.Of(change.State)),
                Times(changes, change => change.SentAt),
                Times(changes, change => change.AnsweredAt),
                Array(changes, NpgsqlDbType.Integer, change => change.Baseline?.Quantity),
                Times(changes, change => change.Baseline?.Window.From),
                Times(changes, change => change.Baseline?.Window.To),
                Array(changes, NpgsqlDbType.Uuid, change => change.MergedInto),
                Array(changes, NpgsqlDbType.Bigint, change => Origin(change)?.ItemId),
                Texts(changes, change => Origin(change)?.Content),
                Texts(changes, change => Origin(change)?.Reference),
                Texts(changes, change => Origin(change)?.Actor),
                Texts(changes, change => Origin(change)?.OperationId),
                Texts(changes, change => Origin(change)?.TraceParent),
                Flags(changes, change => change.IsReservation),
                Times(changes, change => Origin(change)?.MadeAt),
                Integers(changes, change => change.HeldBack),
                Integers(changes, change => change.Short));
        }

        if (writes.Attempts is { Count: > 0 } attempts)
        {
            batch.Add(
                StockStatements.SaveAttempts,
                Array(attempts, NpgsqlDbType.Uuid, attempt => attempt.Id),
                Texts(attempts, attempt => attempt.Call),
                Texts(attempts, attempt => attempt.JobId),
                Array(attempts, NpgsqlDbType.Integer, attempt => attempt.JobIndex),
                Integers(attempts, attempt => attempt.Attempts),
                Times(attempts, attempt => attempt.NotBefore),
                Flags(attempts, attempt => attempt.IsAlone),
                Texts(attempts, attempt => attempt.ErrorCode),
                Texts(attempts, attempt => attempt.Error),
                Texts(attempts, attempt => attempt.Remarks));
        }

        if (writes.ForgottenChanges is { Count: > 0 } forgotten)
        {
            batch.Add(StockStatements.ForgetChanges, Array(forgotten, NpgsqlDbType.Uuid, change => change.Id));
        }

        ChangeOrigin? Origin(LocalChange change) => writes.Origins.GetValueOrDefault(change.Id);
    }

    private static void AddFeeds(StockBatch batch, StockWrites writes)
    {
        if (writes.Feeds is { Count: > 0 } feeds)
        {
            batch.Add(
                FeedStatements.SaveInStep,
                Texts(feeds, feed => feed.Name),
                Numbers(feeds, feed => feed.Position),
                Integers(feeds, feed => feed.Attempts),
                Times(feeds, feed => feed.NotBefore),
                Texts(feeds, feed => feed.Holder),
                Times(feeds, feed => feed.PausedAt),
                Texts(feeds, feed => feed.Error));
        }
    }

    private static void AddDeadLetters(StockBatch batch, StockWrites writes)
    {
        if (writes.SettledDeadLetters is { Count: > 0 } settled)
        {
            batch.Add(
                DeadLetterStatements.Settle,
                Texts(settled, letter => letter.Key.Source),
                Texts(settled, letter => letter.Key.Subject),
                Texts(settled, letter => StoredWords.Of(letter.Status)),
                Texts(settled, letter => letter.By),
                Texts(settled, letter => letter.Reason));
        }

        if (writes.DeadLetters is { Count: > 0 } letters)
        {
            batch.Add(
                DeadLetterStatements.Save,
                Array(letters, NpgsqlDbType.Uuid, letter => letter.Id),
                Texts(letters, letter => letter.Key.Source),
                Texts(letters, letter => letter.Key.Subject),
                Texts(letters, letter => letter.Kind),
                Array(letters, NpgsqlDbType.Bigint, letter => letter.ItemId),
                Texts(letters, letter => letter.ExternalStockId),
                Integers(letters, letter => letter.Attempts),
                Texts(letters, letter => letter.ErrorCode),
                Texts(letters, letter => letter.Error),
                Texts(letters, letter => letter.SafePayload),
                Texts(letters, letter => letter.TraceParent));
        }
    }

    private static void AddJobs(StockBatch batch, StockWrites writes)
    {
        foreach (var (retry, error, at) in writes.GivenUpJobs)
        {
            var kind = StoredWords.Of(retry.Kind);
            batch.Add(
                JobRetryQueries.GiveUp,
                Text(kind),
                Text(retry.OperationId),
                Integer(retry.Attempts),
                StockBatch.Time(retry.FirstFailedAt),
                StockBatch.Time(retry.NotBefore));
            batch.Add(JobRetryQueries.FailOperation, Text(kind), Text(retry.OperationId), Text(error), StockBatch.Time(at));
        }

        if (writes.EndedRetries is { Count: > 0 } ended)
        {
            batch.Add(JobRetryQueries.End, Texts(ended, StoredWords.Of));
        }

        if (writes.QueuedSync is { } sync)
        {
            batch.Add(JobRetryQueries.QueueSync, Text(sync.OperationId), Text(sync.TraceParent), StockBatch.Time(sync.At));
        }
    }

    private static Npgsql.NpgsqlParameter ReadProducts(IReadOnlyList<RereadRequest> requests) =>
        Texts(requests, request => request.Product?.ToString() ?? string.Empty);

    private static Npgsql.NpgsqlParameter ReadBlueprints(IReadOnlyList<RereadRequest> requests) =>
        Numbers(requests, request => request.Blueprint?.Value ?? 0);
}
