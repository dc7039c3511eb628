-- Replaces the big tables of BrxSync by tables of the same columns, keys, indexes, defaults, checks and triggers that are hash-partitioned by
-- account. For PostgreSQL 14 and newer, for a database that has its schema and no accounts yet: start one process once, stop it, run this as
-- the owner of the tables in their schema, start again. It is one transaction, refuses tables that hold rows, and can be run again.
--
--     PGOPTIONS='-c brxsync.partitions=16' psql -d brxsync -v ON_ERROR_STOP=1 -f partition-by-account.sql
--
-- What is not copied: privileges that were granted to others, comments, publications.
do $partition$
declare
    partitions constant integer := coalesce(nullif(current_setting('brxsync.partitions', true), ''), '16')::integer;
    big        constant text[] := array[
        'user_inventory_items', 'stock_journal', 'pending_changes', 'webhook_inbox', 'stock_orders', 'order_stock_ledger',
        'sync_operations', 'sync_snapshots', 'drift_reports'];
    big_table  text;
    former     regclass;
    new_table  regclass;
    holds_rows boolean;
    options    text;
    keys       text[];
    indexes    text[];
    triggers   text[];
    targets    text[];
    sequences  text[];
    counters   text[];
    command    text;
begin
    foreach big_table in array big loop
        former := to_regclass(quote_ident(big_table));
        if former is null then
            raise exception 'There is no table % here: start BrxSync once, or set the search_path.', big_table;
        end if;
        continue when (select relkind from pg_class where oid = former) = 'p';
        execute format('lock table %s in access exclusive mode', former);
        execute format('select exists (select from %s)', former) into holds_rows;
        if holds_rows then
            raise exception 'The table % holds rows.', big_table;
        end if;
        if exists (select from pg_constraint where confrelid = former and contype = 'f') then
            raise exception 'A foreign key points to the table %.', big_table;
        end if;

        -- Every unique key must name the account: PostgreSQL refuses it below if one does not.
        select array_agg(format('alter table %I add constraint %I %s', big_table, conname, pg_get_constraintdef(oid)))
        into keys from pg_constraint where conrelid = former and contype in ('p', 'u', 'f', 'x');
        select array_agg(pg_get_indexdef(i.indexrelid))
        into indexes from pg_index i
        where i.indrelid = former and not exists (select from pg_constraint c where c.conindid = i.indexrelid and c.conrelid = former);
        select array_agg(pg_get_triggerdef(oid)) into triggers from pg_trigger where tgrelid = former and not tgisinternal;
        select array_agg(format('alter table %I alter column %I set statistics %s', big_table, attname, attstattarget))
        into targets from pg_attribute where attrelid = former and attnum > 0 and not attisdropped and attstattarget >= 0;
        select array_agg(format('alter sequence %s owned by %I.%I', d.objid::regclass, big_table, a.attname))
        into sequences
        from pg_depend d join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
        where d.classid = 'pg_class'::regclass and d.refobjid = former and d.deptype = 'a'
          and exists (select from pg_class s where s.oid = d.objid and s.relkind = 'S');
        select array_agg(format('%s %s', a.attname, s.relname))
        into counters
        from pg_depend d join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid join pg_class s on s.oid = d.objid
        where d.classid = 'pg_class'::regclass and d.refobjid = former and d.deptype = 'i' and s.relkind = 'S';
        select coalesce(' with (' || array_to_string(reloptions, ', ') || ')', '') into options from pg_class where oid = former;

        execute format('alter table %I rename to %I', big_table, big_table || '_former');
        execute format(
            'create table %I (like %I including defaults including identity including generated including constraints including storage) '
            || 'partition by hash (user_id)', big_table, big_table || '_former');
        new_table := to_regclass(quote_ident(big_table));
        foreach command in array coalesce(sequences, '{}') loop
            execute command;
        end loop;
        execute format('drop table %I', big_table || '_former');

        -- The counters of identity columns keep their names, by which a dump sets them.
        foreach command in array coalesce(counters, '{}') loop
            if split_part(pg_get_serial_sequence(quote_ident(big_table), split_part(command, ' ', 1)), '.', 2) <> split_part(command, ' ', 2) then
                execute format(
                    'alter sequence %s rename to %I',
                    pg_get_serial_sequence(quote_ident(big_table), split_part(command, ' ', 1)), split_part(command, ' ', 2));
            end if;
        end loop;
        for part in 0 .. partitions - 1 loop
            execute format(
                'create table %I partition of %s for values with (modulus %s, remainder %s)%s',
                big_table || '_p' || part, new_table, partitions, part, coalesce(options, ''));
        end loop;

        foreach command in array coalesce(keys, '{}') || coalesce(indexes, '{}') || coalesce(triggers, '{}') || coalesce(targets, '{}') loop
            execute command;
        end loop;
    end loop;
end
$partition$;
