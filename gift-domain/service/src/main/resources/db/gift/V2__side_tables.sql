-- What stands beside the log: personal data and free texts, which must not be in it, and working state.

create table domain.person (
    person_id text not null primary key,
    name      text not null
);

comment on table domain.person is 'Display names, as the last token of each person said.';

create table domain.event_text (
    event_id uuid not null,
    field    text not null,
    value    text not null,
    primary key (event_id, field)
);

comment on table domain.event_text is 'Free texts of events, written in the transaction of the event.';

create table domain.secret (
    name  text  not null primary key,
    value bytea not null
);

comment on table domain.secret is 'Made once, at the first start.';

create table domain.live (
    live_id          text        not null primary key,
    creator_id       text        not null,
    state            text        not null check (state in ('created', 'active', 'away', 'ended')),
    publisher_id     uuid,
    created_event_id uuid        not null,
    created_position bigint      not null unique,
    created_at       timestamptz not null,
    started_at       timestamptz,
    away_since       timestamptz,
    ended_at         timestamptz
);

comment on table domain.live is 'The state of each live, written in the transactions of its events.';
comment on column domain.live.away_since is 'By this database''s clock, as are all leases.';

create index live_by_state on domain.live (state, created_position);

create table domain.stream_key (
    live_id text  not null primary key,
    sha256  bytea not null check (octet_length(sha256) = 32)
);

create table domain.publisher (
    live_id      text        not null primary key,
    publisher_id uuid        not null,
    started      boolean     not null,
    viewers      bigint      not null check (viewers >= 0),
    lease_until  timestamptz not null
);

comment on table domain.publisher is 'Who may publish each live just now, and until when without a sign of life.';
