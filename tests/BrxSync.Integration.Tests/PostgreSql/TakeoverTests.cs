using BrxSync.Client;
using BrxSync.Simulator;
using BrxSync.Sync;

namespace BrxSync.Integration.Tests.PostgreSql;

/// <summary>An existing database of the Python service is taken over where it is.</summary>
public sealed class TakeoverTests : IAsyncLifetime
{
    private static readonly AccountId Account = new(Guid.Parse("11111111-2222-3333-4444-555555555555"));
    private readonly PostgreSqlStore _store = new();
    private CardTraderSimulatorHost? _marketplace;

    public async Task InitializeAsync()
    {
        _marketplace = await CardTraderSimulatorHost.StartAsync(
            new CardTraderSimulatorOptions { Sellers = { new SellerOptions { Token = "t", Products = 50 } } });
        await _store.StartAsync(_marketplace.BaseAddress, migrate: false);
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        await _marketplace!.DisposeAsync();
    }

    /// <summary>The three tables in the form that service gave them: an enum, short columns, five indexes, a three-column key.</summary>
    private Task<int> CreateOldSchemaAsync() => _store.ExecuteAsync($"""
        create type sync_status_enum as enum ('idle', 'initial_sync', 'active', 'error');
        create table user_sync_settings (user_id uuid primary key, cardtrader_token_encrypted text not null, webhook_secret varchar(255),
            sync_status sync_status_enum not null default 'idle', last_sync_at timestamptz, last_error text,
            created_at timestamptz default now(), updated_at timestamptz default now());
        create index idx_sync_settings_status on user_sync_settings (sync_status);
        create table user_inventory_items (id bigserial primary key, user_id uuid not null, blueprint_id integer not null,
            quantity integer not null default 0, price_cents integer not null, properties jsonb, external_stock_id varchar(255),
            description text, user_data_field text, graded boolean, updated_at timestamptz default now(), created_at timestamptz default now(),
            unique (user_id, blueprint_id, external_stock_id));
        create index idx_inventory_user_id on user_inventory_items (user_id);
        create index idx_inventory_updated_at on user_inventory_items (updated_at);
        create table sync_operations (id bigserial primary key, user_id uuid not null, operation_id varchar(255) not null unique,
            operation_type varchar(50) not null, status varchar(50) not null, operation_metadata jsonb,
            created_at timestamptz default now(), completed_at timestamptz);
        insert into user_sync_settings (user_id, cardtrader_token_encrypted, webhook_secret, sync_status)
            values ('{Account}', 'gAAAA-old', 'plainsecret', 'active');
        insert into user_inventory_items (user_id, blueprint_id, quantity, price_cents, external_stock_id, properties) values
            ('{Account}', 5, 3, 100, '700', '{"{"}"condition":"Near Mint"{"}"}'),
            ('{Account}', 6, 2, 100, '701', null),
            ('{Account}', 7, 9, 100, '701', null),
            ('{Account}', 8, 1, 100, null, null);
        insert into sync_operations (user_id, operation_id, operation_type, status, operation_metadata) values
            ('{Account}', 'old-done', 'bulk_sync', 'completed', '{"{"}"progress":100,"nested":[1]{"}"}'),
            ('{Account}', 'old-live', 'bulk_sync', 'running', null);
        """);

    [Fact]
    public async Task Migrate_DatabaseOfThePythonService_KeepsEveryRowAndClosesWhatWasOpen()
    {
        await CreateOldSchemaAsync();

        (await _store.Migrator.MigrateAsync()).ShouldBeGreaterThan(0);

        var account = (await _store.Accounts.FindAsync(Account)).ShouldNotBeNull();
        (account.TokenCiphertext, account.WebhookSecretCiphertext, account.Status).ShouldBe(
            ("gAAAA-old", "plainsecret", AccountStatus.Active));
        (await _store.Inventory.FindAsync(Account, new ProductId(700))).ShouldNotBeNull().Quantity.ShouldBe(3);
        (await _store.Inventory.FindAsync(Account, new ProductId(701))).ShouldNotBeNull().BlueprintId.ShouldBe(new BlueprintId(7));
        (await _store.Database.ScalarAsync<long>("select count(*) from user_inventory_items")).ShouldBe(4);
        (await _store.Database.ScalarAsync<long>("select sum(quantity) from user_inventory_items where external_stock_id is null"))
            .ShouldBe(1);
        (await _store.Database.ScalarAsync<long>("select sum(quantity_after) from stock_journal")).ShouldBe(12);
        (await _store.Database.ScalarAsync<long>("select count(distinct position) from stock_journal where position <= 2")).ShouldBe(2);
        (await _store.Inventory.GetJournalPositionAsync(Account)).ShouldBe(2);
        (await _store.Operations.FindAsync("old-done")).ShouldNotBeNull().Status.ShouldBe(OperationStatus.Completed);
        (await _store.Operations.FindAsync("old-live")).ShouldNotBeNull().Status.ShouldBe(OperationStatus.Failed);
    }

    [Fact]
    public async Task Migrate_KeysOfTheOldTables_NameTheAccount()
    {
        await CreateOldSchemaAsync();

        await _store.Migrator.MigrateAsync();

        (await KeysAsync("user_inventory_items")).ShouldBe("(user_id, external_stock_id); (user_id, id)");
        (await KeysAsync("sync_operations")).ShouldBe("(user_id, id); (user_id, operation_id); (user_id, operation_type)");
        (await _store.ReadAsync("""
            select string_agg(i.indexrelid::regclass::text, ', ')
            from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attname = 'user_id'
            where i.indisunique and i.indrelid::regclass::text not like 'pg_%' and a.attnum <> all(i.indkey)
            """)).ShouldBe("ux_settings_seller");
    }

    [Fact]
    public async Task Migrate_KeyThatOthersPointTo_StaysBesideTheNewOne()
    {
        await CreateOldSchemaAsync();
        await _store.ExecuteAsync("create table labels (item bigint references user_inventory_items (id), text text)");

        await _store.Migrator.MigrateAsync();

        (await KeysAsync("user_inventory_items")).ShouldBe("(id); (user_id, external_stock_id); (user_id, id)");
    }

    private Task<string> KeysAsync(string table) => _store.ReadAsync($"""
        select string_agg(key, '; ' order by key)
        from (select regexp_replace(pg_get_indexdef(indexrelid), '^.* USING btree (\(.*?\)).*$', '\1') as key
              from pg_index where indrelid = '{table}'::regclass and indisunique) k
        """);

    [Fact]
    public async Task Migrate_ThenSync_WorksOnTheOldTables()
    {
        await CreateOldSchemaAsync();
        await _store.Migrator.MigrateAsync();
        await _store.AccountService.ConnectAsync(Account, "t");

        var result = await _store.FullSync.RunAsync(new SyncRequest { AccountId = Account, AcceptFall = true });

        result.Status.ShouldBe(OperationStatus.Completed, result.Error);
        (result.Progress.Created, result.Progress.Removed).ShouldBe((50, 2));
    }
}
