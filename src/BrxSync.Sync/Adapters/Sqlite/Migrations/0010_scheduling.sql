-- When the sweep has to look at an account for what the clock starts, in microseconds since 1970; nothing set: now. Only accounts that calls
-- may be made for are in the indexes, so that nothing that is due is ever looked for among those that are not.
alter table user_sync_settings add column orders_due_at integer;
alter table user_sync_settings add column compare_due_at integer;
create index ix_settings_orders_due on user_sync_settings (orders_due_at)
    where last_sync_at is not null and cardtrader_token_encrypted is not null and suspended_at is null and stopped_at is null;
create index ix_settings_compare_due on user_sync_settings (compare_due_at)
    where cardtrader_token_encrypted is not null and suspended_at is null and stopped_at is null;
