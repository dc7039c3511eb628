-- A snapshot can tell of another currency than the account's: it is confirmed as a fall is.
alter table sync_snapshots rename column fall_alone to can_be_confirmed;
alter table sync_snapshots add column new_currency text;
alter table user_sync_settings add column accepted_currency text;
