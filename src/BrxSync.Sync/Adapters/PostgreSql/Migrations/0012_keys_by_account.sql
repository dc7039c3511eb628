-- Every unique key names the account, so that the tables can be partitioned or distributed by it. Of the tables that were taken over, keys
-- that a foreign key of somebody else points to, or that have another name, stay beside the new ones.
do $$
begin
    alter table user_inventory_items drop constraint user_inventory_items_pkey, add primary key (user_id, id);
exception when dependent_objects_still_exist or undefined_object or invalid_table_definition then
    create unique index if not exists ux_inventory_account_id on user_inventory_items (user_id, id);
    raise notice 'The primary key of user_inventory_items stays as it is: the table cannot be partitioned by account.';
end $$;
do $$
begin
    alter table sync_operations drop constraint sync_operations_pkey, add primary key (user_id, id);
exception when dependent_objects_still_exist or undefined_object or invalid_table_definition then
    create unique index if not exists ux_operations_account_id on sync_operations (user_id, id);
    raise notice 'The primary key of sync_operations stays as it is: the table cannot be partitioned by account.';
end $$;
do $$
begin
    alter table sync_operations drop constraint if exists sync_operations_operation_id_key;
    drop index if exists ix_sync_operations_operation_id;
exception when dependent_objects_still_exist then
    raise notice 'The key of sync_operations on operation_id stays as it is: the table cannot be partitioned by account.';
end $$;
create unique index ux_operations_id on sync_operations (user_id, operation_id);
drop index ix_operations_account;

-- Who asks for an operation or its report may know nothing but its id.
create index ix_operations_id on sync_operations (operation_id);
drop index ux_drift_operation;
create unique index ux_drift_operation on drift_reports (user_id, operation_id);
create index ix_drift_operation on drift_reports (operation_id);

-- The primary keys take the place of the indexes on account and id.
alter table sync_snapshots drop constraint sync_snapshots_pkey, add primary key (user_id, id);
drop index ix_snapshots_account;
alter table drift_reports drop constraint drift_reports_pkey, add primary key (user_id, id);
drop index ix_drift_account;
