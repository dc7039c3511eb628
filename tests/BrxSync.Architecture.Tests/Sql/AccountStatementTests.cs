namespace BrxSync.Architecture.Tests.Sql;

/// <summary>
/// The statements of accounts reach one partition or one node: they name the account for each table of accounts. SQLite is one file, where
/// nothing can be divided.
/// </summary>
public sealed class AccountStatementTests
{
    private const string Figure = "A figure of the whole cluster, read once in a while in one pass over the directory.";

    private const string Sweep = "One process of the cluster looks twice a minute for accounts that have work, by indexes on what waits.";

    private const string Retention = "Removes by time what is over, of all accounts, page by page; nobody waits for it.";

    private const string ById = "Who asks knows nothing but the id. An index on it answers, once for each partition.";

    /// <summary>Statements over all accounts, and why.</summary>
    private static readonly Dictionary<string, string> AcrossAccounts = new(StringComparer.Ordinal)
    {
        ["PostgreSqlStatements.Accounts.Stream"] = "An operator's own work, now and then: new keys for all secrets.",
        ["PostgreSqlStatements.Accounts.Connect"] =
            "A seller belongs to one account only: looks for another one by the unique index of the directory of accounts.",
        ["PostgreSqlStatements.Freshness"] = Figure,
        ["FeedStatements.All.ListBacklogs"] = Figure,
        ["PostgreSqlStatements.Operations.FindAnywhere"] = ById,
        ["DriftQueries.Reports.Find"] = ById,
        ["DeadLetterStatements.All.List"] =
            "An operator's own list of all accounts, page by page along an index; with an account it names it.",
        ["PostgreSqlStatements.Operations.CloseAllSilent"] = "The sweep of the cluster closes runs whose processes are gone.",
        ["WorkQueries.All.ListDue"] = Sweep,
        ["JobRetryQueries.All.ListDue"] = Sweep,
        ["WorkQueries.All.ListDueWithFeeds"] = Sweep,
        ["RetentionStatements.All.DropChanges"] = Retention,
        ["RetentionStatements.All.DropDeadLetters"] = Retention,
        ["RetentionStatements.All.DropOperations"] = Retention,
    };

    private static readonly AccountRule Rule = new(SqlSchema.Read(AdapterSql.Migrations("PostgreSql")).AccountTables);

    [Fact]
    public void Statements_OnAccountTables_NameTheAccount()
    {
        var statements = AdapterSql.Statements("PostgreSql").ToArray();

        statements.Length.ShouldBeGreaterThan(150);
        statements.Where(statement => Rule.FindUnnamed(statement.Sql).Count > 0).Select(statement => statement.Name).Distinct()
            .ShouldBe(AcrossAccounts.Keys, ignoreOrder: true);
    }

    [Theory]
    [InlineData("select quantity from user_inventory_items where id = $1")]
    [InlineData("update user_inventory_items t set quantity = 0 from brx_plan p where t.id = p.item_id")]
    [InlineData("select user_id from pending_changes order by user_id limit 1")]
    [InlineData("delete from webhook_inbox where delivery_id = @id")]
    [InlineData("select 1 from stock_orders o join order_stock_ledger l on l.order_id = o.order_id where o.user_id = @account")]
    [InlineData("select 1 from stock_orders o join order_stock_ledger l on l.user_id = o.user_id")]
    [InlineData("insert into sync_operations (user_id, operation_id) values (@account, @id) on conflict (operation_id) do nothing")]
    [InlineData("with d as (select id from stock_feeds where name = 'x') select 1 from user_sync_settings where user_id = @account")]
    [InlineData("select 1 from dead_letters where user_id = @account union select 1 from stock_notices")]
    [InlineData("select 1 from user_sync_settings a where exists (select 1 from order_fetches f where f.user_id = a.user_id)")]
    [InlineData("update sync_operations set status = 'x' where user_id <> @account")]
    [InlineData("insert into stock_feeds (user_id) select user_id from user_sync_settings on conflict (user_id) do nothing")]
    [InlineData("copy stock_journal (position, cause) from stdin")]
    public void Statement_WithoutTheAccount_IsFound(string sql) => Rule.FindUnnamed(sql).ShouldNotBeEmpty();

    [Theory]
    [InlineData("select quantity from user_inventory_items where user_id = $1 and id = $2")]
    [InlineData("select 1 from stock_orders o left join order_stock_ledger l on l.user_id = o.user_id where @account::uuid = o.user_id")]
    [InlineData("update user_inventory_items t set quantity = 0 from brx_plan p where t.user_id = 'x'::uuid and t.id = p.item_id")]
    [InlineData("insert into sync_operations (user_id, operation_id) values ($1, $2) on conflict (user_id, operation_id) do nothing")]
    [InlineData("select 1 from stock_feeds a where a.user_id = $1 and not exists (select 1 from order_fetches where user_id = a.user_id)")]
    [InlineData("insert into stock_feeds (user_id, name) select user_id, @name from user_sync_settings where user_id = @account")]
    [InlineData("copy stock_journal (user_id, position) from stdin")]
    [InlineData("select 1 from brx_stage; delete from sync_stage where user_id = @account;")]
    public void Statement_WithTheAccount_PassesTheRule(string sql) => Rule.FindUnnamed(sql).ShouldBeEmpty();
}
