-- Changes on their way out: who asked for them, what they carry, how sending them went. Those that no read needs any more stay as history.
alter table pending_changes
    add column seq          bigint generated always as identity,
    add column item_id      bigint not null default 0,
    add column is_open      boolean not null default true,
    add column merged_into  uuid,
    add column content      text,
    add column reference    text collate "C",
    add column actor        text,
    add column operation_id text collate "C",
    add column call         text,
    add column job_id       text,
    add column job_index    integer,
    add column attempts     integer not null default 0,
    add column not_before   timestamptz,
    add column is_alone     boolean not null default false,
    add column error_code   text,
    add column error        text,
    add column remarks      jsonb,
    add column history      jsonb not null default '[]',
    add column updated_at   timestamptz default now(),
    add column is_reservation boolean not null default false;
alter table pending_changes drop constraint pending_changes_pkey;
alter table pending_changes add primary key (user_id, id);
drop index ix_changes_product;
create index ix_changes_open on pending_changes (user_id, external_stock_id) where is_open;
create index ix_changes_due on pending_changes (user_id, seq) where state in ('waiting', 'sent', 'in_doubt', 'reserved');
create index ix_changes_item on pending_changes (user_id, item_id, seq);
create index ix_changes_operation on pending_changes (user_id, operation_id, seq) where operation_id is not null;
create unique index ux_changes_reference on pending_changes (user_id, reference) where reference is not null;

-- No statistics of accounts: of one that the last analysis did not see, the planner would believe that it has one change, and take any
-- index that begins with the account, to compare each of its changes with all that are looked for.
alter table pending_changes alter column user_id set statistics 0;

-- Whether changes of the account may be sent, and which process is at it until when.
alter table user_sync_settings
    add column writes_enabled boolean not null default true,
    add column push_owner     text,
    add column push_until     timestamptz;

-- Copies that are held back from CardTrader: how many there are besides those that it has, which safety stock the row goes by (none: that
-- of the account), and whether the two are divided as that asks for (0), are to be looked at (1), or could not be (2).
alter table user_inventory_items
    add column held_back      integer not null default 0 check (held_back >= 0),
    add column safety_copies  integer,
    add column safety_percent integer,
    add column hold           smallint not null default 0;
create index ix_items_hold on user_inventory_items (user_id, id) where hold = 1;
alter table pending_changes
    add column held_back integer not null default 0,
    add column short     integer not null default 0;
alter table user_sync_settings
    add column safety_copies  integer not null default 0,
    add column safety_percent integer not null default 0,
    add column safety_actor   text;
-- At most one live run of a kind per account, but for edits: any number of hosts may edit.
drop index ux_operations_live;
create unique index ux_operations_live on sync_operations (user_id, operation_type)
    where status in ('pending', 'running', 'retrying') and operation_type <> 'bulk_edit';

-- What may be removed once its time is over. A new change is in none of them.
create index ix_changes_closed on pending_changes (updated_at) where not is_open;
create index ix_operations_ended on sync_operations (completed_at);
