using BrxSync.Sync.Adapters.Sql.Retention;

namespace BrxSync.Sync.Adapters.PostgreSql.Statements;

/// <summary>
/// Purges an account under the lock of its row, under which every step on the stock runs, too. Every table has an index that begins with
/// the account; rows are removed by their places, which are looked up by it.
/// </summary>
internal static class PurgeStatements
{
    public static PurgeQueries All { get; } = new()
    {
        Lock = """
            select case when cardtrader_token_encrypted is null then 0 else 1 end::bigint from user_sync_settings
            where user_id = @account::uuid for update
            """,
        Drop = table => $"""
            delete from {table.Name}
            where user_id = @account::uuid
              and ctid = any(array(select ctid from {table.Name} where user_id = @account::uuid {Order(table)} limit @limit))
            """,
        Any = table => $"select 1::bigint from {table.Name} where user_id = @account::uuid limit 1",
        End = "delete from user_sync_settings where user_id = @account::uuid",
    };

    /// <summary>The journal goes from its beginning.</summary>
    private static string Order(PurgeTable table) => table.Key == "position" ? "order by position" : string.Empty;
}
