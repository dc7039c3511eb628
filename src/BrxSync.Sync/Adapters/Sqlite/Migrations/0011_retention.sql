-- What may be removed of an account once its time is over, the oldest first. A delivery that waits is in none of them.
create index ix_inbox_settled on webhook_inbox (user_id, received_at) where outcome <> 'waiting';
create index ix_orders_heard on stock_orders (user_id, updated_at, order_id);
create index ix_notices_noticed on stock_notices (user_id, noticed_at);
