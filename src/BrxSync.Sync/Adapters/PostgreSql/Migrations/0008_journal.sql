-- The journal tells everything: a row holds quantity and price before and after, which fields changed, who is behind it, and its
-- position among the rows of its account. The table is written anew: columns of fixed width come first, and the position takes the place of the id.
lock table stock_journal in access exclusive mode;
create table stock_journal_anew (
    position           bigint not null,
    recorded_at        timestamptz not null default now(),
    user_id            uuid not null,
    quantity_before    integer not null,
    quantity_after     integer not null,
    price_before       integer,
    price_after        integer,
    oversold           integer not null default 0,
    changed_fields     smallint not null default 0,
    -- The row that came with an item of a first load: the item points to it, and the index on products goes without it.
    came_first         boolean not null default false,
    external_stock_id  varchar(255) collate "C" not null,
    cause              text not null,
    source_id          text not null,
    actor              text
);
insert into stock_journal_anew (position, recorded_at, user_id, quantity_before, quantity_after, oversold, external_stock_id, cause,
                                source_id)
select row_number() over (partition by user_id order by id), recorded_at, user_id, quantity_before, quantity_after, oversold,
       external_stock_id, cause, source_id
from stock_journal;
drop table stock_journal;
alter table stock_journal_anew rename to stock_journal;
alter table stock_journal add constraint stock_journal_pkey primary key (user_id, position);
create index ix_journal_product on stock_journal (user_id, external_stock_id, position) where not came_first;
create index ix_journal_recorded on stock_journal using brin (recorded_at);

-- The position of an account's last row, raised under the lock of this row; and where the journal of an item of a first load begins.
alter table user_sync_settings add column journal_position bigint not null default 0;
update user_sync_settings a
set journal_position = d.last
from (select user_id, max(position) as last from stock_journal group by user_id) d
where d.user_id = a.user_id;
alter table user_inventory_items add column first_position bigint;
