-- Work that was given up, for a person to put back or to drop. The number tells the order of the letters. At most one is open for one
-- subject: a further failure of it is added to that.
create table dead_letters (
    number            integer primary key autoincrement,
    user_id           text not null,
    id                text not null,
    source            text not null,
    kind              text not null,
    status            text not null,
    item_id           integer,
    external_stock_id text,
    subject           text not null,
    attempts          integer not null,
    error_code        text not null,
    error             text not null,
    payload           text not null,
    first_failed_at   integer not null,
    last_failed_at    integer not null,
    trace_parent      text,
    settled_at        integer,
    settled_by        text,
    reason            text
);
create unique index ux_dead_letters_id on dead_letters (user_id, id);
create unique index ux_dead_letters_open on dead_letters (user_id, source, subject) where status = 'open';
create index ix_dead_letters_subject on dead_letters (user_id, source, subject, number desc);
create index ix_dead_letters_number on dead_letters (user_id, number desc);
create index ix_dead_letters_settled on dead_letters (settled_at) where status <> 'open';
