-- The journal tells everything: a row holds quantity and price before and after, which fields changed, who is behind it, and its
-- position among the rows of its account, which takes the place of the id. Times in microseconds since 1970.
create table stock_journal_anew (
    user_id            text not null,
    position           integer not null,
    external_stock_id  text not null,
    cause              text not null,
    source_id          text not null,
    actor              text,
    quantity_before    integer not null,
    quantity_after     integer not null,
    price_before       integer,
    price_after        integer,
    oversold           integer not null default 0,
    changed_fields     integer not null default 0,
    recorded_at        integer not null,
    primary key (user_id, position)
) without rowid;
insert into stock_journal_anew (user_id, position, external_stock_id, cause, source_id, quantity_before, quantity_after, oversold,
                                recorded_at)
select user_id, row_number() over (partition by user_id order by id), external_stock_id, cause, source_id, quantity_before, quantity_after,
       oversold, recorded_at
from stock_journal;
drop table stock_journal;
alter table stock_journal_anew rename to stock_journal;
create index ix_journal_product on stock_journal (user_id, external_stock_id, position);

-- The position of an account's last row.
alter table user_sync_settings add column journal_position integer not null default 0;
update user_sync_settings
set journal_position = coalesce((select max(j.position) from stock_journal j where j.user_id = user_sync_settings.user_id), 0);
