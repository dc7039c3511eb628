namespace BrxSync.Architecture.Tests.Sql;

/// <summary>Tables of accounts can be divided by account: each unique key and each foreign key names it.</summary>
public sealed class AccountKeyTests
{
    /// <summary>Keys that hold for all accounts together, and why.</summary>
    private static readonly Dictionary<string, string> AcrossAccounts = new(StringComparer.Ordinal)
    {
        ["user_sync_settings (cardtrader_user_id)"] =
            "A seller of CardTrader belongs to one account only. The table has one row an account and stays in one piece.",
    };

    /// <summary>Tables that are nobody's, and why.</summary>
    private static readonly Dictionary<string, string> OfNoAccount = new(StringComparer.Ordinal)
    {
        ["property_sets"] = "What CardTrader allows is the same for all accounts.",
        ["blueprint_properties"] = "What CardTrader allows is the same for all accounts.",
        ["brx_qrtz_job_details"] = Scheduler,
        ["brx_qrtz_triggers"] = Scheduler,
        ["brx_qrtz_simple_triggers"] = Scheduler,
        ["brx_qrtz_cron_triggers"] = Scheduler,
        ["brx_qrtz_simprop_triggers"] = Scheduler,
        ["brx_qrtz_blob_triggers"] = Scheduler,
        ["brx_qrtz_calendars"] = Scheduler,
        ["brx_qrtz_paused_trigger_grps"] = Scheduler,
        ["brx_qrtz_paused_job_grps"] = Scheduler,
        ["brx_qrtz_fired_triggers"] = Scheduler,
        ["brx_qrtz_scheduler_state"] = Scheduler,
        ["brx_qrtz_locks"] = Scheduler,
    };

    private const string Scheduler = "The scheduler's own tables hold what is to be done by the whole cluster, and little of it.";

    [Theory]
    [InlineData("PostgreSql")]
    [InlineData("Sqlite")]
    public void Keys_OfAccountTables_NameTheAccount(string dialect)
    {
        var schema = SqlSchema.Read(AdapterSql.Migrations(dialect));

        schema.AccountTables.Count.ShouldBeGreaterThan(15);
        schema.WithoutAccount().Select(key => key.ToString()).ShouldBe(AcrossAccounts.Keys, ignoreOrder: true);
    }

    [Theory]
    [InlineData("PostgreSql")]
    [InlineData("Sqlite")]
    public void Tables_WithoutAnAccount_AreKnown(string dialect) =>
        SqlSchema.Read(AdapterSql.Migrations(dialect)).OtherTables.Except(OfNoAccount.Keys).ShouldBeEmpty();

    [Fact]
    public void Tables_ThatNeedNoAccount_AreThere() =>
        OfNoAccount.Keys.Except(SqlSchema.Read(AdapterSql.Migrations("PostgreSql")).OtherTables).ShouldBeEmpty();

    [Theory]
    [InlineData("create table t (id bigint primary key, user_id uuid not null);", "t (id)")]
    [InlineData("create table t (user_id uuid, id bigint, primary key (id));", "t (id)")]
    [InlineData("create table t (user_id uuid, code text not null unique);", "t (code)")]
    [InlineData("create table t (user_id uuid, code text, constraint k unique (code));", "t (code)")]
    [InlineData("create table t (user_id uuid, a int, b int); create unique index u on t (a, b) where a > 0;", "t (a, b)")]
    [InlineData("create table t (a int primary key); alter table t add column user_id uuid;", "t (a)")]
    [InlineData("create table t (user_id uuid, a int, foreign key (a) references o (id));", "t (a)")]
    [InlineData("create table t (user_id uuid, a int); alter table t add primary key (a);", "t (a)")]
    [InlineData("create table t (user_id uuid primary key, a int); alter table t drop constraint t_pkey, add primary key (a);", "t (a)")]
    [InlineData("create table s (user_id uuid, a int primary key); alter table s rename to t;", "t (a)")]
    public void Keys_WithoutTheAccount_AreFound(string sql, string key) =>
        SqlSchema.Read([sql]).WithoutAccount().Select(found => found.ToString()).ShouldBe([key]);

    [Theory]
    [InlineData("create table t (user_id uuid, id bigint, primary key (user_id, id));")]
    [InlineData("create table t (id bigint primary key, user_id uuid);alter table t drop constraint t_pkey,add primary key (user_id, id);")]
    [InlineData("create table t (user_id uuid, a int); create unique index u on t (a); drop index if exists u;")]
    [InlineData("create table t (user_id uuid, a int unique); drop table t;")]
    [InlineData("create table t (user_id text, id integer primary key autoincrement);")]
    [InlineData("create table t (user_id uuid, a int check (a >= 0)); -- create unique index u on t (a);")]
    public void Keys_WithTheAccount_PassTheRule(string sql) => SqlSchema.Read([sql]).WithoutAccount().ShouldBeEmpty();
}
