-- Every unique key names the account; the ids that SQLite itself counts are rows of one file.
create table sync_operations_anew (
    id                  integer primary key autoincrement,
    user_id             text not null,
    operation_id        text not null,
    operation_type      text not null,
    status              text not null,
    operation_metadata  text,
    error               text,
    trace_parent        text,
    created_at          integer not null,
    started_at          integer,
    heartbeat_at        integer,
    completed_at        integer,
    attempt             integer not null default 1,
    next_attempt_at     integer
);
insert into sync_operations_anew (id, user_id, operation_id, operation_type, status, operation_metadata, error, trace_parent, created_at,
                                  started_at, heartbeat_at, completed_at, attempt, next_attempt_at)
select id, user_id, operation_id, operation_type, status, operation_metadata, error, trace_parent, created_at, started_at, heartbeat_at,
       completed_at, attempt, next_attempt_at
from sync_operations;
drop table sync_operations;
alter table sync_operations_anew rename to sync_operations;
create unique index ux_operations_id on sync_operations (user_id, operation_id);
create unique index ux_operations_live on sync_operations (user_id, operation_type)
    where status in ('pending', 'running', 'retrying') and operation_type <> 'bulk_edit';
create index ix_operations_account on sync_operations (user_id, id desc);
create index ix_operations_ended on sync_operations (completed_at);

-- Who asks for an operation or its report may know nothing but its id.
create index ix_operations_id on sync_operations (operation_id);
drop index ux_drift_operation;
create unique index ux_drift_operation on drift_reports (user_id, operation_id);
create index ix_drift_operation on drift_reports (operation_id);
