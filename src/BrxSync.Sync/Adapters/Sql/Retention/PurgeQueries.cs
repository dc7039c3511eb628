namespace BrxSync.Sync.Adapters.Sql.Retention;

/// <summary>What a dialect says to purge an account.</summary>
internal sealed record PurgeQueries
{
    /// <summary>Tells whether the account is connected (1) or not (0), and holds its row.</summary>
    public required string Lock { get; init; }

    /// <summary>For a table, removes a batch of the account's rows.</summary>
    public required Func<PurgeTable, string> Drop { get; init; }

    /// <summary>For a table, tells whether it has a row of the account.</summary>
    public required Func<PurgeTable, string> Any { get; init; }

    /// <summary>Removes the account's own row.</summary>
    public required string End { get; init; }
}

/// <summary>A table that holds rows of accounts.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Key">What tells the rows of one account apart.</param>
internal sealed record PurgeTable(string Name, string Key)
{
    /// <summary>
    /// All of them but the accounts' own, in the order in which they are emptied: first what works, then history. The journal goes before
    /// the stock: an account that is connected again half way then has what retention may leave, items whose first entries are gone.
    /// </summary>
    public static IReadOnlyList<PurgeTable> All { get; } =
    [
        new("sync_stage", "row_index"),
        new("sync_cursors", "user_id"),
        new("reread_requests", "external_stock_id, blueprint_id"),
        new("order_fetches", "order_id"),
        new("webhook_inbox", "delivery_id"),
        new("pending_changes", "id"),
        new("dead_letters", "id"),
        new("job_retries", "kind"),
        new("order_stock_ledger", "order_id, order_item_id"),
        new("stock_orders", "order_id"),
        new("stock_notices", "order_id, kind"),
        new("drift_reports", "id"),
        new("sync_snapshots", "id"),
        new("stock_feeds", "name"),
        new("stock_journal", "position"),
        new("user_inventory_items", "id"),
        new("sync_operations", "id"),
    ];
}
