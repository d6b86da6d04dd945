-- The event log: what happened, once, in order, for ever.

create table domain.event_log (
    position    bigint      not null primary key check (position > 0),
    event_id    uuid        not null unique,
    stream_type text        not null,
    stream_id   text        not null,
    sequence    bigint      not null check (sequence >= 0),
    type        text        not null,
    payload     bytea       not null,
    metadata    bytea,
    occurred_at timestamptz not null,
    recorded_at timestamptz not null,
    hash        bytea       not null check (octet_length(hash) = 32),
    unique (stream_type, stream_id, sequence)
);

comment on table domain.event_log is 'Gapless positions in commit order; written by the service alone, never changed.';
comment on column domain.event_log.payload is 'JSON in UTF-8, without personal data';
comment on column domain.event_log.hash is 'SHA-256 over the hash before it and this row';

-- Payloads are JSON of some hundred bytes; compressing them would cost more than it saves.
alter table domain.event_log alter column payload set storage external;

-- One row, whose lock serialises the writers of all instances.
create table domain.log_head (
    one         boolean     not null primary key default true check (one),
    position    bigint      not null check (position >= 0),
    recorded_at timestamptz not null
) with (fillfactor = 10);

insert into domain.log_head (position, recorded_at) values (0, 'epoch');

create function domain.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% of %.% refused: expected rows to be appended only, by the service',
        tg_op, tg_table_schema, tg_table_name
        using errcode = 'restrict_violation';
end
$$;

create trigger event_log_is_append_only
    before update or delete or truncate on domain.event_log
    for each statement execute function domain.refuse_change();

create trigger log_head_stays
    before delete or truncate on domain.log_head
    for each statement execute function domain.refuse_change();

create trigger log_time_never_steps_back
    before update on domain.log_head
    for each row when (new.recorded_at < old.recorded_at)
    execute function domain.refuse_change();

-- Also for replication and for sessions that switch ordinary triggers off.
alter table domain.event_log enable always trigger event_log_is_append_only;
alter table domain.log_head enable always trigger log_head_stays;
alter table domain.log_head enable always trigger log_time_never_steps_back;
