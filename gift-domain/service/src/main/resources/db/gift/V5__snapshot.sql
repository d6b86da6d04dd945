-- Where a long stream need not be read from its beginning. A shortcut: it may be deleted at any time.

create table domain.snapshot (
    stream_type text   not null,
    stream_id   text   not null,
    sequence    bigint not null check (sequence >= 0),
    revision    int    not null,
    state       bytea  not null,
    primary key (stream_type, stream_id)
) with (fillfactor = 70);

comment on table domain.snapshot is 'The state of a stream right after the event of this sequence.';
comment on column domain.snapshot.revision is 'Of the code that wrote the state; another one ignores it.';
