-- How far each handler of the stock feed has come with each account: it has all entries of the journal up to the position. The version
-- rises with every write, and a write names the one that it has seen. Who holds the cursor hands over entries, until not_before. Times in
-- microseconds since 1970.
create table stock_feeds (
    user_id     text not null,
    name        text not null,
    position    integer not null,
    version     integer not null default 1,
    attempts    integer not null default 0,
    not_before  integer,
    holder      text,
    paused_at   integer,
    error       text,
    created_at  integer not null,
    updated_at  integer not null,
    primary key (user_id, name)
) without rowid;
