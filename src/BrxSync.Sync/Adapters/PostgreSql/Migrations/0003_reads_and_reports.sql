-- An order's items and its state are kept apart: a report whose state decides nothing still tells of items. An item has stood once it was
-- reported in an order whose goods are sold.
alter table stock_orders
    add column lines_from timestamptz,
    add column lines_to   timestamptz;
update stock_orders set lines_from = moment_from, lines_to = moment_to;
alter table stock_orders
    alter column lines_from set not null,
    alter column lines_to set not null;
alter table order_stock_ledger add column has_stood boolean not null default true;

-- A read by expansions: from its first look to its last (CardTrader's clock).
alter table sync_cursors add column window_to timestamptz;
update sync_cursors set window_to = window_from;
alter table sync_cursors alter column window_to set not null;

-- How many snapshots were applied or withheld, and, for an item that was read on its own since, how many it were then: which of the two reads is
-- the later one is no question of clocks.
alter table user_sync_settings add column snapshots integer not null default 0;
alter table user_inventory_items add column reread_after integer;
