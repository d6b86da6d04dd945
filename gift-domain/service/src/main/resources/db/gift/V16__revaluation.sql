-- New rates for what creators earned and were not paid.

create table domain.earnings_revaluation (
    creator_id       text   not null primary key,
    revaluation_id   uuid   not null,
    position         bigint not null check (position > through_position),
    through_position bigint not null check (through_position > 0),
    currency         text   not null,
    rate_micros      bigint not null check (rate_micros > 0)
);

comment on table domain.earnings_revaluation is 'Each creator''s last revaluation, written in its own transaction: what was earned up to through_position counts at its rate.';

create sequence domain.revaluation_approved;

create table domain.revaluation (
    revaluation_id uuid        not null primary key,
    requested      bigint      not null generated always as identity unique,
    creator_id     text,
    currency       text        not null,
    rate_micros    bigint      not null check (rate_micros > 0),
    key_id         bigint      not null,
    sealed         bytea       not null,
    status         text        not null default 'requested'
        check (status in ('requested', 'approved', 'done', 'rejected')),
    requested_by   text        not null,
    requested_at   timestamptz not null,
    decided_by     text,
    decided_at     timestamptz,
    approved       bigint      unique,
    head           bigint,
    done_through   text        not null default '',
    creators       bigint      not null default 0,
    check (decided_by <> requested_by),
    check ((decided_by is null) = (status = 'requested')),
    check ((approved is null) = (status in ('requested', 'rejected')) and (head is null) = (approved is null))
);

comment on table domain.revaluation is 'New rates that one person of finance wants and another agrees to; each creator''s part is an event of its own.';
comment on column domain.revaluation.creator_id is 'Null: all creators.';
comment on column domain.revaluation.approved is 'Grows in the order in which they are carried out.';
comment on column domain.revaluation.head is 'Of the log when it was approved: what was earned up to here gets the new rate.';
comment on column domain.revaluation.done_through is 'The last creator, by id, who was looked at.';

create index revaluation_under_way on domain.revaluation (approved) where status = 'approved';
