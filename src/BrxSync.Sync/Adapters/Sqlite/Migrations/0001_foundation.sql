-- Times are microseconds since 1970 in UTC, ids of accounts their lower-case UUID, properties JSON text.

create table user_sync_settings (
    user_id                     text not null primary key,
    cardtrader_token_encrypted  text,
    webhook_secret              text,
    sync_status                 text not null default 'idle',
    last_sync_at                integer,
    last_error                  text,
    cardtrader_user_id          integer,
    cardtrader_app_id           integer,
    cardtrader_app_name         text,
    currency                    text,
    suspended_at                integer,
    books_started_at            integer,
    snapshot_from               integer,
    snapshot_to                 integer,
    epoch                       integer not null default 0,
    created_at                  integer not null,
    updated_at                  integer not null
) without rowid;

create table user_inventory_items (
    id                 integer primary key autoincrement,
    user_id            text not null,
    blueprint_id       integer not null,
    quantity           integer not null default 0,
    price_cents        integer not null,
    properties         text,
    external_stock_id  text,
    description        text,
    user_data_field    text,
    graded             integer,
    status             text not null default 'active',
    missing_since      integer,
    missing_count      integer not null default 0,
    snapshot_from      integer,
    snapshot_to        integer,
    content_hash       integer,
    row_version        integer not null default 1,
    created_at         integer not null,
    updated_at         integer not null
);
create unique index ux_inventory_account_product on user_inventory_items (user_id, external_stock_id);
create index ix_inventory_blueprint on user_inventory_items (blueprint_id);

create table sync_operations (
    id                  integer primary key autoincrement,
    user_id             text not null,
    operation_id        text not null unique,
    operation_type      text not null,
    status              text not null,
    operation_metadata  text,
    error               text,
    trace_parent        text,
    created_at          integer not null,
    started_at          integer,
    heartbeat_at        integer,
    completed_at        integer
);
-- At most one live run of a kind per account: checked and inserted in one atomic step.
create unique index ux_operations_live on sync_operations (user_id, operation_type)
    where status in ('pending', 'running', 'retrying');
create index ix_operations_account on sync_operations (user_id, id desc);

create table sync_snapshots (
    id              integer primary key autoincrement,
    user_id         text not null,
    operation_id    text not null,
    window_from     integer not null,
    window_to       integer not null,
    staged          integer not null,
    skipped         integer not null,
    fall_linked     integer not null,
    fall_seen       integer not null,
    fall_alone      integer not null,
    verdict         text not null,
    reasons         text,
    created_at      integer not null
);
create index ix_snapshots_account on sync_snapshots (user_id, id desc);

-- Append only: every change of a quantity with its cause. Replaying it gives the quantities of user_inventory_items.
create table stock_journal (
    id                 integer primary key autoincrement,
    user_id            text not null,
    external_stock_id  text not null,
    cause              text not null,
    source_id          text not null,
    quantity_before    integer not null,
    quantity_after     integer not null,
    recorded_at        integer not null
);
