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
    trace_id          text generated always as (substr(trace_parent, 4, 32)) virtual,
    epoch             integer,
    settled_at        integer,
    settled_by        text,
    reason            text
);
create unique index ux_dead_letters_id on dead_letters (user_id, id);
create unique index ux_dead_letters_open on dead_letters (user_id, source, subject) where status = 'open';
create index ix_dead_letters_subject on dead_letters (user_id, source, subject, number desc);
create index ix_dead_letters_number on dead_letters (user_id, number desc);
create index ix_dead_letters_settled on dead_letters (settled_at) where status <> 'open';

-- Letters of all accounts, newest first, are read by their number; nearly all lists are of what is open.
create index ix_dead_letters_all_open on dead_letters (number desc) where status = 'open';

-- Jobs that failed: how often, and when each is tried again. One that succeeds has none; one that was given up has a dead letter beside it.
create table job_retries (
    user_id         text not null,
    kind            text not null,
    operation_id    text,
    attempts        integer not null,
    first_failed_at integer not null,
    not_before      integer not null,
    is_given_up     integer not null,
    primary key (user_id, kind)
) without rowid;
create index ix_job_retries_due on job_retries (not_before) where is_given_up = 0;
alter table sync_operations add column attempt integer not null default 1;
alter table sync_operations add column next_attempt_at integer;
