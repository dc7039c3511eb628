-- Changes on their way out: who asked for them, what they carry, how sending them went. Those that no read needs any more stay as history.
-- Times in microseconds since 1970.
alter table pending_changes rename to former_changes;
drop index ix_changes_product;
create table pending_changes (
    user_id           text not null,
    id                text not null,
    external_stock_id text not null,
    kind              text not null,
    delta             integer not null,
    fields            integer not null,
    state             text not null,
    sent_at           integer,
    answered_at       integer,
    baseline_quantity integer,
    baseline_from     integer,
    baseline_to       integer,
    trace_parent      text,
    created_at        integer not null,
    seq               integer not null,
    item_id           integer not null default 0,
    is_open           integer not null default 1,
    merged_into       text,
    content           text,
    reference         text,
    actor             text,
    operation_id      text,
    call              text,
    job_id            text,
    job_index         integer,
    attempts          integer not null default 0,
    not_before        integer,
    is_alone          integer not null default 0,
    error_code        text,
    error             text,
    remarks           text,
    history           text not null default '[]',
    updated_at        integer,
    is_reservation    integer not null default 0,
    primary key (user_id, id)
) without rowid;
insert into pending_changes (user_id, id, external_stock_id, kind, delta, fields, state, sent_at, answered_at, baseline_quantity, baseline_from,
                             baseline_to, trace_parent, created_at, seq, updated_at)
select user_id, id, external_stock_id, kind, delta, fields, state, sent_at, answered_at, baseline_quantity, baseline_from, baseline_to,
       trace_parent, created_at, row_number() over (partition by user_id order by created_at, id), created_at
from former_changes;
drop table former_changes;
create index ix_changes_open on pending_changes (user_id, external_stock_id) where is_open = 1;
create unique index ux_changes_seq on pending_changes (user_id, seq);
create index ix_changes_due on pending_changes (user_id, seq) where state in ('waiting', 'sent', 'in_doubt', 'reserved');
create index ix_changes_item on pending_changes (user_id, item_id, seq);
create index ix_changes_operation on pending_changes (user_id, operation_id, seq) where operation_id is not null;
create unique index ux_changes_reference on pending_changes (user_id, reference) where reference is not null;

-- Whether changes of the account may be sent, and which process is at it until when.
alter table user_sync_settings add column writes_enabled integer not null default 1;
alter table user_sync_settings add column push_owner text;
alter table user_sync_settings add column push_until integer;

-- Copies that are held back from CardTrader: how many there are besides those that it has, which safety stock the row goes by (none: that
-- of the account), and whether the two are divided as that asks for (0), are to be looked at (1), or could not be (2).
alter table user_inventory_items add column held_back integer not null default 0 check (held_back >= 0);
alter table user_inventory_items add column safety_copies integer;
alter table user_inventory_items add column safety_percent integer;
alter table user_inventory_items add column hold integer not null default 0;
create index ix_items_hold on user_inventory_items (user_id, id) where hold = 1;
alter table pending_changes add column held_back integer not null default 0;
alter table pending_changes add column short integer not null default 0;
alter table user_sync_settings add column safety_copies integer not null default 0;
alter table user_sync_settings add column safety_percent integer not null default 0;
alter table user_sync_settings add column safety_actor text;
-- At most one live run of a kind per account, but for edits: any number of hosts may edit.
drop index ux_operations_live;
create unique index ux_operations_live on sync_operations (user_id, operation_type)
    where status in ('pending', 'running', 'retrying') and operation_type <> 'bulk_edit';

-- What may be removed once its time is over. A new change is in none of them.
create index ix_changes_closed on pending_changes (updated_at) where is_open = 0;
create index ix_operations_ended on sync_operations (completed_at);
