-- How far each handler of the stock feed has come with each account: it has all entries of the journal up to the position. The version
-- rises with every write, and a write names the one that it has seen. Who holds the cursor hands over entries, until not_before.
create table stock_feeds (
    user_id     uuid not null,
    name        text not null,
    position    bigint not null,
    version     bigint not null default 1,
    attempts    integer not null default 0,
    not_before  timestamptz,
    holder      text,
    paused_at   timestamptz,
    error       text,
    created_at  timestamptz not null,
    updated_at  timestamptz not null,
    primary key (user_id, name)
);
