using System.Globalization;
using BrxSync.Client;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Stock.Changes;

namespace BrxSync.Store.Compliance.Accounts;

/// <summary>Of an account that is purged nothing is left, in any table that the database has; of others, nothing is touched.</summary>
public abstract class AccountPurgeSuite : StoreSuite
{
    private const int RowsPerTable = 3;

    /// <summary>A row of each table that has a column for the account; {0} is the account, {1} a number, {2} a time.</summary>
    private static readonly Dictionary<string, string> Rows = new(StringComparer.Ordinal)
    {
        ["user_inventory_items"] =
            "(user_id, blueprint_id, price_cents, external_stock_id, created_at, updated_at) values ('{0}', 1, 100, '{1}', {2}, {2})",
        ["sync_operations"] =
            "(user_id, operation_id, operation_type, status, created_at) values ('{0}', '{0}-{1}', 'sync', 'completed', {2})",
        ["sync_snapshots"] =
            "(user_id, operation_id, window_from, window_to, staged, skipped, fall_linked, fall_seen, can_be_confirmed, verdict, created_at) values ('{0}', 'op', {2}, {2}, 1, 0, 0, 0, false, 'applied', {2})",
        ["stock_journal"] =
            "(user_id, position, external_stock_id, cause, source_id, quantity_before, quantity_after, recorded_at) values ('{0}', {1}, '1', 'edit', 'x', 0, 1, {2})",
        ["webhook_inbox"] =
            "(user_id, delivery_id, event_time, cause, mode, outcome, received_at) values ('{0}', '{1}', {2}, 'order.create', 'live', 'applied', {2})",
        ["stock_orders"] =
            "(user_id, order_id, via_zero, state, moment_from, moment_to, saw_opening, lines_from, lines_to, updated_at) values ('{0}', {1}, false, 'paid', {2}, {2}, true, {2}, {2}, {2})",
        ["order_stock_ledger"] =
            "(user_id, order_id, order_item_id, source_order_id, external_stock_id, quantity, sold_at, is_exact, is_deleted, counted) values ('{0}', {1}, 1, {1}, '1', 1, {2}, true, false, 1)",
        ["reread_requests"] =
            "(user_id, external_stock_id, blueprint_id, asked_at) values ('{0}', '{1}', 1, {2})",
        ["order_fetches"] =
            "(user_id, order_id, asked_at) values ('{0}', {1}, {2})",
        ["stock_notices"] =
            "(user_id, order_id, kind, noticed_at) values ('{0}', {1}, 'unknown_state', {2})",
        ["drift_reports"] =
            "(user_id, operation_id, verdict, window_from, window_to, equal_count, different_count, findings, created_at) values ('{0}', '{0}-{1}', 'applied', {2}, {2}, 1, 0, '[]', {2})",
        ["sync_stage"] =
            "(user_id, row_index, external_stock_id, blueprint_id, quantity, properties, graded, content_hash, may_create) values ('{0}', {1}, '1', 1, 1, '{{}}', false, 1, true)",
        ["dead_letters"] =
            "(user_id, id, source, kind, status, subject, attempts, error_code, error, payload, first_failed_at, last_failed_at) values ('{0}', '00000000-0000-0000-0000-00000000000{1}', 'orders', 'order_fetch', 'open', '{1}', 1, 'CODE', 'it failed', '{{}}', {2}, {2})",
        ["job_retries"] =
            "(user_id, kind, attempts, first_failed_at, not_before, is_given_up) values ('{0}', 'kind {1}', 1, {2}, {2}, false)",
        ["stock_feeds"] =
            "(user_id, name, position, created_at, updated_at) values ('{0}', 'feed-{1}', 1, {2}, {2})",
    };

    /// <summary>Tables that hold one row of an account, or are filled by a step.</summary>
    private static readonly string[] Others = ["user_sync_settings", "sync_cursors", "pending_changes"];

    public override async Task InitializeAsync()
    {
        Store.Extra = brx => brx.ConfigureRetention(options => options.BatchSize = 2);
        await base.InitializeAsync();
    }

    [Fact]
    public async Task PurgeAsync_RemovedAccount_LeavesNoRowInAnyTableAndOthersAsTheyWere()
    {
        var (purged, other) = (await FilledAsync(), await FilledAsync());
        var tables = await Store.ListAccountTablesAsync();
        foreach (var table in tables)
        {
            (await CountAsync(table, purged)).ShouldBeGreaterThan(0, $"the test puts nothing into {table}");
        }

        var steps = new Steps();
        var rows = await Store.AccountService.PurgeAsync(purged, steps);

        foreach (var table in tables)
        {
            (await CountAsync(table, purged)).ShouldBe(0, table);
            (await CountAsync(table, other)).ShouldBe(Expected(table), table);
        }

        rows.ShouldBe(tables.Sum(Expected));
        steps.All[^1].Rows.ShouldBe(rows - 1, "the account's own row is the last");
        steps.All.ShouldAllBe(step => tables.Contains(step.Table));
        (await Store.AccountService.FindAsync(purged)).ShouldBeNull();
        (await Store.AccountService.FindAsync(other)).ShouldNotBeNull();
        await Should.ThrowAsync<AccountUnknownException>(Store.AccountService.PurgeAsync(purged));
    }

    [Fact]
    public async Task PurgeAsync_ConnectedAccount_IsRefusedAndKeepsEverything()
    {
        var account = await FilledAsync(remove: false);

        await Should.ThrowAsync<AccountNotRemovedException>(Store.AccountService.PurgeAsync(account));

        foreach (var table in await Store.ListAccountTablesAsync())
        {
            (await CountAsync(table, account)).ShouldBe(Expected(table), table);
        }
    }

    [Fact]
    public async Task PurgeAsync_Interrupted_GoesOnWhenCalledAgain()
    {
        var account = await FilledAsync();
        using var cancellation = new CancellationTokenSource();
        var steps = new Steps { Then = _ => cancellation.Cancel() };

        await Should.ThrowAsync<OperationCanceledException>(
            Store.AccountService.PurgeAsync(account, steps, cancellation.Token));

        var before = steps.All.ShouldHaveSingleItem().Rows;
        (await Store.AccountService.FindAsync(account)).ShouldNotBeNull();
        var rest = await Store.AccountService.PurgeAsync(account);
        (before + rest).ShouldBe((await Store.ListAccountTablesAsync()).Sum(Expected));
    }

    [Fact]
    public async Task PurgeAsync_ConnectedAgainMeanwhile_Stops()
    {
        var account = await FilledAsync();
        var connection = new AccountConnection { Id = account, TokenCiphertext = "gAAAA-again" };
        var steps = new Steps { Then = _ => Store.Accounts.SaveConnectionAsync(connection).GetAwaiter().GetResult() };

        await Should.ThrowAsync<AccountNotRemovedException>(Store.AccountService.PurgeAsync(account, steps));

        steps.All.Count.ShouldBe(1);
        (await CountAsync("user_inventory_items", account)).ShouldBe(RowsPerTable);
        (await AccountAsync(account)).TokenCiphertext.ShouldBe("gAAAA-again");
    }

    [Fact]
    public async Task PurgeAsync_RowsOfAnAccountThatWasDeletedByHand_AreRemoved()
    {
        var account = await FilledAsync();
        await Store.ExecuteAsync($"delete from user_sync_settings where user_id = '{account}'");

        await Store.AccountService.PurgeAsync(account);

        foreach (var table in await Store.ListAccountTablesAsync())
        {
            (await CountAsync(table, account)).ShouldBe(0, table);
        }
    }

    private static long Expected(string table) => Rows.ContainsKey(table) ? RowsPerTable : 1;

    private async Task<long> CountAsync(string table, AccountId account) => long.Parse(
        await Store.ReadAsync($"select count(*) from {table} where user_id = '{account}'"), CultureInfo.InvariantCulture);

    /// <summary>Connects and removes an account, and puts rows into every table as runs could that have not heard of it yet.</summary>
    private async Task<AccountId> FilledAsync(bool remove = true)
    {
        var account = await ConnectAsync();
        if (remove)
        {
            await Store.Accounts.RemoveAsync(account);
        }

        (await Store.ListAccountTablesAsync()).ShouldBe(Rows.Keys.Concat(Others), ignoreOrder: true);
        foreach (var (table, row) in Rows)
        {
            for (var number = 1; number <= RowsPerTable; number++)
            {
                await Store.ExecuteAsync(
                    $"insert into {table} {string.Format(CultureInfo.InvariantCulture, row, account, number, Store.LongAgo)}");
            }
        }

        var time = Store.LongAgo;
        await Store.ExecuteAsync(
            $"insert into sync_cursors (user_id, identity, started_at, window_from, window_to, state) values ('{account}', 'x', {time}, {time}, {time}, '{{}}')");
        await using var session = await Store.Stock.OpenAsync(account);
        await session.LoadAsync(new StockScope());
        await session.SaveAsync(new StockWrites
        {
            Changes = [new LocalChange { Id = Guid.NewGuid(), Product = new ProductId(1), Kind = ChangeKind.Adjust, Delta = -1 }],
        });
        return account;
    }

    private sealed class Steps : IProgress<AccountPurgeProgress>
    {
        public List<AccountPurgeProgress> All { get; } = [];

        public Action<AccountPurgeProgress> Then { get; init; } = _ => { };

        public void Report(AccountPurgeProgress value)
        {
            All.Add(value);
            Then(value);
        }
    }
}
