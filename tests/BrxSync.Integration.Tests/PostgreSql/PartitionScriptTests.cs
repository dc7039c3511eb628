using BrxSync.Testing;
using Npgsql;

namespace BrxSync.Integration.Tests.PostgreSql;

/// <summary>The operator's script that partitions the big tables by account.</summary>
public sealed class PartitionScriptTests : IAsyncLifetime
{
    private const string Columns = """
        select string_agg(concat_ws(' ', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attstattarget,
                                    pg_get_expr(d.adbin, d.adrelid), l.collname), E'\n' order by c.relname, a.attname)
        from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
        left join pg_collation l on l.oid = a.attcollation
        where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        """;

    private const string Rules = """
        select string_agg(rule, E'\n' order by rule)
        from (select replace(pg_get_indexdef(i.indexrelid), ' ONLY ', ' ') as rule
              from pg_index i join pg_class c on c.oid = i.indrelid
              where c.relnamespace = current_schema()::regnamespace and not c.relispartition and pg_get_expr(i.indpred, i.indrelid) is null
              union all
              select concat_ws(' ', c.relname, x.indisunique, regexp_replace(pg_get_indexdef(x.indexrelid), ' WHERE .*$', ''))
              from pg_index x join pg_class c on c.oid = x.indrelid
              where c.relnamespace = current_schema()::regnamespace and not c.relispartition and pg_get_expr(x.indpred, x.indrelid) is not null
              union all
              select concat_ws(' ', c.relname, k.conname, pg_get_constraintdef(k.oid))
              from pg_constraint k join pg_class c on c.oid = k.conrelid
              where c.relnamespace = current_schema()::regnamespace and not c.relispartition
              union all
              select pg_get_triggerdef(t.oid)
              from pg_trigger t join pg_class c on c.oid = t.tgrelid
              where c.relnamespace = current_schema()::regnamespace and not t.tgisinternal and not c.relispartition) r
        """;

    private const string Counters =
        "select string_agg(relname, ', ' order by relname) from pg_class where relnamespace = current_schema()::regnamespace and relkind = 'S'";

    private readonly PostgreSqlStore _store = new();

    public Task InitializeAsync() => _store.StartAsync();

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task Script_EmptyDatabase_KeepsColumnsKeysIndexesAndTriggers()
    {
        await _store.ExecuteAsync("""
            create function note() returns trigger language plpgsql as 'begin return new; end';
            create trigger noted before update on user_inventory_items for each row execute function note();
            """);
        var (columns, counters) = (await _store.ReadAsync(Columns), await _store.ReadAsync(Counters));
        var rules = (await _store.ReadAsync(Rules)).Replace(" ONLY ", " ");

        await _store.Database.PartitionAsync(2);

        (await _store.ReadAsync(Columns)).ShouldBe(columns);
        (await _store.ReadAsync(Rules)).Replace(" ONLY ", " ").ShouldBe(rules);
        (await _store.ReadAsync(Counters)).ShouldBe(counters);
        (await _store.ReadAsync("select count(*) from pg_partitioned_table")).ShouldBe("9");
        (await _store.ReadAsync("select count(*) from pg_class where relispartition and relkind = 'r'")).ShouldBe("18");
        (await _store.ReadAsync("select reloptions from pg_class where relname = 'user_inventory_items_p1'")).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Script_RunAgain_ChangesNothing()
    {
        await _store.Database.PartitionAsync(2);
        await _store.ExecuteAsync("insert into stock_notices values (gen_random_uuid(), 1, 'x', now())");

        await _store.Database.PartitionAsync(5);

        (await _store.ReadAsync("select count(*) from pg_class where relispartition and relkind = 'r'")).ShouldBe("18");
    }

    [Fact]
    public async Task Script_TableWithRows_IsRefusedAndNothingIsChanged()
    {
        await _store.ExecuteAsync("""
            insert into webhook_inbox (user_id, delivery_id, event_time, cause, mode, outcome, received_at)
            values (gen_random_uuid(), '1', now(), 'x', 'live', 'applied', now())
            """);

        var exception = await Should.ThrowAsync<PostgresException>(() => _store.Database.PartitionAsync());

        exception.MessageText.ShouldBe("The table webhook_inbox holds rows.");
        (await _store.ReadAsync("select count(*) from pg_partitioned_table")).ShouldBe("0");
    }
}
