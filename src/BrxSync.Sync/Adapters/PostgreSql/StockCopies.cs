using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Stock.Changes;
using BrxSync.Sync.Stock.Items;

namespace BrxSync.Sync.Adapters.PostgreSql;

/// <summary>
/// What a step of many changes adds, as rows to COPY: new changes, and lines of the journal whose prices are known. A COPY takes half as
/// long as a statement over arrays does; a step of few rows is shorter without the round trips that it needs.
/// </summary>
internal static class StockCopies
{
    private const int FewestRows = 100;

    public const string Changes = """
        copy pending_changes (user_id, id, external_stock_id, kind, delta, fields, state, is_open, item_id, content, reference, actor, operation_id,
                              trace_parent, is_reservation, created_at, held_back, short)
        from stdin (format binary)
        """;

    public const string Journal = """
        copy stock_journal (user_id, position, external_stock_id, cause, source_id, quantity_before, quantity_after, oversold, actor,
                            changed_fields, price_before, price_after)
        from stdin (format binary)
        """;

    /// <summary>Says whether a step adds so much that it is worth it.</summary>
    public static bool IsWorthIt(StockWrites writes) => writes.Origins.Count >= FewestRows && writes.Journal.All(HasPrices);

    /// <summary>Gives what is left to be written by statements.</summary>
    public static StockWrites Rest(StockWrites writes) => writes with
    {
        Journal = [], Changes = [.. writes.Changes.Where(change => !IsNew(change, writes))],
    };

    /// <summary>Writes the changes that are new.</summary>
    public static void AddChanges(CopyEncoder rows, AccountId account, StockWrites writes)
    {
        rows.Begin();
        foreach (var change in writes.Changes)
        {
            if (!writes.Origins.TryGetValue(change.Id, out var origin))
            {
                continue;
            }

            rows.AddRow(18);
            rows.AddUuid(account.Value);
            rows.AddUuid(change.Id);
            rows.AddId(change.Product.Value);
            rows.AddText(StoredWords.Of(change.Kind));
            rows.AddInt32(change.Delta);
            rows.AddInt32((int)change.Fields);
            rows.AddText(StoredWords.Of(change.State));
            rows.AddFlag(change.State is not (ChangeState.Failed or ChangeState.Superseded or ChangeState.LocalOnly));
            rows.AddInt64(origin.ItemId);
            rows.AddText(Safe(origin.Content));
            rows.AddText(Safe(origin.Reference));
            rows.AddText(Safe(origin.Actor));
            rows.AddText(Safe(origin.OperationId));
            rows.AddText(origin.TraceParent);
            rows.AddFlag(change.IsReservation);
            rows.AddInt64(PostgreSqlTime.ToServer(origin.MadeAt));
            rows.AddInt32(change.HeldBack);
            rows.AddInt32(change.Short);
        }

        rows.End();
    }

    /// <summary>Writes the lines of the journal.</summary>
    /// <param name="rows">Where to.</param>
    /// <param name="account">The account.</param>
    /// <param name="writes">What the step writes.</param>
    /// <param name="last">The position of the line before.</param>
    public static void AddJournal(CopyEncoder rows, AccountId account, StockWrites writes, long last)
    {
        rows.Begin();
        foreach (var line in writes.Journal)
        {
            rows.AddRow(12);
            rows.AddUuid(account.Value);
            rows.AddInt64(++last);
            rows.AddId(line.Product.Value);
            rows.AddText(line.Cause);
            rows.AddText(Safe(line.SourceId));
            rows.AddInt32(line.Before);
            rows.AddInt32(line.After);
            rows.AddInt32(line.Oversold);
            rows.AddText(Safe(line.Actor ?? JournalActors.CardTrader));
            rows.AddInt16((short)line.Fields);
            rows.AddInt32(line.PriceBefore);
            rows.AddInt32(line.PriceAfter);
        }

        rows.End();
    }

    private static bool HasPrices(JournalLine line) => (line.Fields & ItemFields.Price) != ItemFields.None || line.PriceAfter is not null;

    private static bool IsNew(LocalChange change, StockWrites writes) => writes.Origins.ContainsKey(change.Id);

    private static string? Safe(string? text) => text is null ? null : SafeText.Of(text);
}
