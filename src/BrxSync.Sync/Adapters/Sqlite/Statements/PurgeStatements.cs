using BrxSync.Sync.Adapters.Sql.Retention;

namespace BrxSync.Sync.Adapters.Sqlite.Statements;

/// <summary>
/// Purges an account; the transaction is the database's only writer. Every table has an index that begins with the account, by which the
/// keys of the rows are looked up.
/// </summary>
internal static class PurgeStatements
{
    public static PurgeQueries All { get; } = new()
    {
        Lock = "select cardtrader_token_encrypted is not null from user_sync_settings where user_id = @account",
        Drop = table => $"""
            delete from {table.Name}
            where (user_id, {table.Key}) in (select user_id, {table.Key} from {table.Name} where user_id = @account {Order(table)} limit @limit)
            """,
        Any = table => $"select 1 from {table.Name} where user_id = @account limit 1",
        End = "delete from user_sync_settings where user_id = @account",
    };

    /// <summary>The journal goes from its beginning.</summary>
    private static string Order(PurgeTable table) => table.Key == "position" ? "order by position" : string.Empty;
}
