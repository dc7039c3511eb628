-- Sales, re-reads and what arrives from the marketplace. Times in microseconds since 1970.

-- The quantity of an item's last read, and when the item was last changed on our side (CardTrader's clock).
alter table user_inventory_items add column read_quantity integer;
alter table user_inventory_items add column changed_locally_at integer;

-- By how many copies a sale went below zero.
alter table stock_journal add column oversold integer not null default 0;

-- Up to when all orders are known, the highest order seen, and the end of the last snapshot that was withheld (CardTrader's clock).
alter table user_sync_settings add column orders_known_until integer;
alter table user_sync_settings add column orders_polled_at integer;
alter table user_sync_settings add column last_order_id integer;
alter table user_sync_settings add column withheld_to integer;

-- One row per webhook delivery, with what became of it. What a delivery says about buyers is never stored.
create table webhook_inbox (
    user_id      text not null,
    delivery_id  text not null,
    event_time   integer not null,
    cause        text not null,
    order_id     integer,
    mode         text not null,
    outcome      text not null,
    note         text,
    report       text,
    trace_parent text,
    received_at  integer not null,
    primary key (user_id, delivery_id)
) without rowid;
create index ix_inbox_waiting on webhook_inbox (user_id) where outcome = 'waiting';

-- What is known of each order: the best of all reports about it. Unknown and without items: the marketplace was asked for it in vain.
create table stock_orders (
    user_id      text not null,
    order_id     integer not null,
    via_zero     integer not null,
    state        text not null,
    moment_from  integer not null,
    moment_to    integer not null,
    saw_opening  integer not null,
    updated_at   integer not null,
    primary key (user_id, order_id)
) without rowid;

-- One row per order item: its sale (source order and product), when it was sold, and how many copies of it count.
create table order_stock_ledger (
    user_id           text not null,
    order_id          integer not null,
    order_item_id     integer not null,
    source_order_id   integer not null,
    external_stock_id text not null,
    quantity          integer not null,
    sold_at           integer not null,
    is_exact          integer not null,
    is_deleted        integer not null,
    counted           integer not null,
    primary key (user_id, order_id, order_item_id)
) without rowid;
create index ix_ledger_product on order_stock_ledger (user_id, external_stock_id, sold_at);
create index ix_ledger_source on order_stock_ledger (user_id, source_order_id) where source_order_id <> order_id;

-- Our own changes on their way to the marketplace, and those that arrived there after the last read began.
create table pending_changes (
    id                text primary key,
    user_id           text not null,
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
    created_at        integer not null
) without rowid;
create index ix_changes_product on pending_changes (user_id, external_stock_id);

-- Products to read again, or blueprints where no product is known; only a read that began after asked_at meets a request.
create table reread_requests (
    user_id           text not null,
    external_stock_id text not null,
    blueprint_id      integer not null,
    asked_at          integer not null,
    attempts          integer not null default 0,
    not_before        integer,
    primary key (user_id, external_stock_id, blueprint_id)
) without rowid;

-- Orders to fetch by their ids.
create table order_fetches (
    user_id    text not null,
    order_id   integer not null,
    asked_at   integer not null,
    attempts   integer not null default 0,
    not_before integer,
    primary key (user_id, order_id)
) without rowid;

-- What a person should know about an order.
create table stock_notices (
    user_id    text not null,
    order_id   integer not null,
    kind       text not null,
    noticed_at integer not null,
    primary key (user_id, order_id, kind)
) without rowid;

-- Accounts: since when and why no call is made for one. A seller of CardTrader belongs to one account; of several that an earlier
-- version linked to one seller the latest stays linked.
alter table user_sync_settings add column stopped_at integer;
alter table user_sync_settings add column stop_reason text;
update user_sync_settings
set cardtrader_user_id = null
where exists (select 1 from user_sync_settings o
              where o.cardtrader_user_id = user_sync_settings.cardtrader_user_id
                and (o.updated_at > user_sync_settings.updated_at
                     or (o.updated_at = user_sync_settings.updated_at and o.user_id < user_sync_settings.user_id)));
create unique index ux_settings_seller on user_sync_settings (cardtrader_user_id);

-- ---- Whole reads: what reconciliations found, and what operators accepted ----

-- The fall that an operator accepted since the last applied snapshot.
alter table user_sync_settings add column accepted_fall_linked integer;
alter table user_sync_settings add column accepted_fall_seen integer;

-- What each reconciliation found before it repaired anything; written in the transaction of its snapshot.
create table drift_reports (
    id              integer primary key autoincrement,
    user_id         text not null,
    operation_id    text not null,
    verdict         text not null,
    window_from     integer not null,
    window_to       integer not null,
    equal_count     integer not null,
    different_count integer not null,
    findings        text not null,
    created_at      integer not null
);
create index ix_drift_account on drift_reports (user_id, id desc);
create unique index ux_drift_operation on drift_reports (operation_id);

-- A read by expansions that is not complete yet: how far it came, and the rows of the expansions that were read to their ends.
create table sync_cursors (
    user_id     text not null primary key,
    identity    text not null,
    started_at  integer not null,
    window_from integer not null,
    state       text not null
) without rowid;
create table sync_stage (
    user_id           text not null,
    row_index         integer not null,
    external_stock_id text not null,
    blueprint_id      integer not null,
    quantity          integer not null,
    price_cents       integer,
    properties        text not null,
    description       text,
    user_data_field   text,
    graded            integer not null,
    content_hash      integer not null,
    may_create        integer not null,
    primary key (user_id, row_index)
);
