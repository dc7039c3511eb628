-- Sales, re-reads and what arrives from the marketplace.

-- The quantity of an item's last read, and when the item was last changed on our side (CardTrader's clock).
alter table user_inventory_items
    add column if not exists read_quantity      integer,
    add column if not exists changed_locally_at timestamptz;

-- By how many copies a sale went below zero.
alter table stock_journal add column oversold integer not null default 0;

-- Up to when all orders are known, the highest order seen, and the end of the last snapshot that was withheld (CardTrader's clock).
alter table user_sync_settings
    add column if not exists orders_known_until timestamptz,
    add column if not exists orders_polled_at   timestamptz,
    add column if not exists last_order_id      bigint,
    add column if not exists withheld_to        timestamptz;

-- One row per webhook delivery, with what became of it. What a delivery says about buyers is never stored.
create table webhook_inbox (
    user_id      uuid not null,
    delivery_id  varchar(128) collate "C" not null,
    event_time   timestamptz not null,
    cause        text not null,
    order_id     bigint,
    mode         text not null,
    outcome      text not null,
    note         text,
    report       jsonb,
    trace_parent text,
    received_at  timestamptz not null,
    primary key (user_id, delivery_id)
);
create index ix_inbox_waiting on webhook_inbox (user_id) where outcome = 'waiting';
create index ix_inbox_received on webhook_inbox using brin (received_at);

-- What is known of each order: the best of all reports about it. Unknown and without items: the marketplace was asked for it in vain.
create table stock_orders (
    user_id      uuid not null,
    order_id     bigint not null,
    via_zero     boolean not null,
    state        text not null,
    moment_from  timestamptz not null,
    moment_to    timestamptz not null,
    saw_opening  boolean not null,
    updated_at   timestamptz not null,
    primary key (user_id, order_id)
) with (fillfactor = 90);

-- One row per order item: its sale (source order and product), when it was sold, and how many copies of it count.
create table order_stock_ledger (
    user_id           uuid not null,
    order_id          bigint not null,
    order_item_id     bigint not null,
    source_order_id   bigint not null,
    external_stock_id varchar(255) collate "C" not null,
    quantity          integer not null,
    sold_at           timestamptz not null,
    is_exact          boolean not null,
    is_deleted        boolean not null,
    counted           integer not null,
    primary key (user_id, order_id, order_item_id)
) with (fillfactor = 90);
create index ix_ledger_product on order_stock_ledger (user_id, external_stock_id, sold_at);
create index ix_ledger_source on order_stock_ledger (user_id, source_order_id) where source_order_id <> order_id;

-- Our own changes on their way to the marketplace, and those that arrived there after the last read began.
create table pending_changes (
    id                uuid primary key,
    user_id           uuid not null,
    external_stock_id varchar(255) collate "C" not null,
    kind              text not null,
    delta             integer not null,
    fields            integer not null,
    state             text not null,
    sent_at           timestamptz,
    answered_at       timestamptz,
    baseline_quantity integer,
    baseline_from     timestamptz,
    baseline_to       timestamptz,
    trace_parent      text,
    created_at        timestamptz not null
);
create index ix_changes_product on pending_changes (user_id, external_stock_id);

-- Products to read again, or blueprints where no product is known; only a read that began after asked_at meets a request.
create table reread_requests (
    user_id           uuid not null,
    external_stock_id varchar(255) collate "C" not null,
    blueprint_id      bigint not null,
    asked_at          timestamptz not null,
    attempts          integer not null default 0,
    not_before        timestamptz,
    primary key (user_id, external_stock_id, blueprint_id)
);

-- Orders to fetch by their ids.
create table order_fetches (
    user_id    uuid not null,
    order_id   bigint not null,
    asked_at   timestamptz not null,
    attempts   integer not null default 0,
    not_before timestamptz,
    primary key (user_id, order_id)
);

-- What a person should know about an order.
create table stock_notices (
    user_id    uuid not null,
    order_id   bigint not null,
    kind       text not null,
    noticed_at timestamptz not null,
    primary key (user_id, order_id, kind)
);

-- Accounts: since when and why no call is made for one. A seller of CardTrader belongs to one account; of several that an earlier
-- version linked to one seller the latest stays linked.
alter table user_sync_settings
    add column if not exists stopped_at  timestamptz,
    add column if not exists stop_reason text;
update user_sync_settings a
set cardtrader_user_id = null
from (select user_id, row_number() over (partition by cardtrader_user_id order by updated_at desc nulls last, user_id) as place
      from user_sync_settings where cardtrader_user_id is not null) d
where d.user_id = a.user_id and d.place > 1;
create unique index if not exists ux_settings_seller on user_sync_settings (cardtrader_user_id);

-- ---- Whole reads: what reconciliations found, and what operators accepted ----

-- The fall that an operator accepted since the last applied snapshot.
alter table user_sync_settings
    add column if not exists accepted_fall_linked bigint,
    add column if not exists accepted_fall_seen   bigint;

-- What each reconciliation found before it repaired anything; written in the transaction of its snapshot.
create table drift_reports (
    id              bigint generated always as identity primary key,
    user_id         uuid not null,
    operation_id    varchar(255) not null,
    verdict         text not null,
    window_from     timestamptz not null,
    window_to       timestamptz not null,
    equal_count     bigint not null,
    different_count bigint not null,
    findings        jsonb not null,
    created_at      timestamptz not null default now()
);
create index ix_drift_account on drift_reports (user_id, id desc);
create unique index ux_drift_operation on drift_reports (operation_id);

-- A read by expansions that is not complete yet: how far it came, and the rows of the expansions that were read to their ends.
create table sync_cursors (
    user_id     uuid primary key,
    identity    text not null,
    started_at  timestamptz not null,
    window_from timestamptz not null,
    state       jsonb not null
);
create table sync_stage (
    user_id           uuid not null,
    row_index         integer not null,
    external_stock_id varchar(255) collate "C" not null,
    blueprint_id      integer not null,
    quantity          integer not null,
    price_cents       integer,
    properties        text not null,
    description       text,
    user_data_field   text,
    graded            boolean not null,
    content_hash      bigint not null,
    may_create        boolean not null,
    primary key (user_id, row_index)
);
