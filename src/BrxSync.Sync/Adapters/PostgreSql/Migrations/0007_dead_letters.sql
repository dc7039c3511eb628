-- Work that was given up, for a person to put back or to drop. The number tells the order of an account's letters: every step that writes one
-- holds the account's row. At most one is open for one subject: a further failure of it is added to that.
create table dead_letters (
    user_id           uuid not null,
    id                uuid not null,
    number            bigint generated always as identity,
    source            text not null,
    kind              text not null,
    status            text not null,
    item_id           bigint,
    external_stock_id varchar(255) collate "C",
    subject           text collate "C" not null,
    attempts          integer not null,
    error_code        text not null,
    error             text not null,
    payload           jsonb not null,
    first_failed_at   timestamptz not null,
    last_failed_at    timestamptz not null,
    trace_parent      text,
    trace_id          text generated always as (split_part(trace_parent, '-', 2)) stored,
    epoch             bigint,
    settled_at        timestamptz,
    settled_by        text,
    reason            text,
    primary key (user_id, id)
);
create unique index ux_dead_letters_open on dead_letters (user_id, source, subject) where status = 'open';
create index ix_dead_letters_subject on dead_letters (user_id, source, subject, number desc);
create index ix_dead_letters_number on dead_letters (user_id, number desc);
create index ix_dead_letters_settled on dead_letters (settled_at) where status <> 'open';

-- Letters of all accounts, newest first; nearly all lists are of what is open.
create index ix_dead_letters_all on dead_letters (number desc);
create index ix_dead_letters_all_open on dead_letters (number desc) where status = 'open';

-- Jobs that failed: how often, and when each is tried again. One that succeeds has none; one that was given up has a dead letter beside it.
create table job_retries (
    user_id         uuid not null,
    kind            text not null,
    operation_id    text,
    attempts        integer not null,
    first_failed_at timestamptz not null,
    not_before      timestamptz not null,
    is_given_up     boolean not null,
    primary key (user_id, kind)
);
create index ix_job_retries_due on job_retries (not_before) where not is_given_up;
alter table sync_operations
    add column attempt         integer not null default 1,
    add column next_attempt_at timestamptz;
