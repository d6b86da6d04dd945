-- Payouts; what creators have is added up anew, with what is reserved and what it is worth.

create table domain.payout (
    payout_id          uuid        not null primary key,
    creator_id         text        not null,
    diamonds           bigint      not null check (diamonds > 0),
    amount_minor       bigint      not null check (amount_minor > 0),
    withholding_minor  bigint,
    fee_minor          bigint,
    currency           text        not null,
    status             text        not null check (status in ('requested', 'approved', 'rejected')),
    requested_position bigint      not null unique,
    requested_at       timestamptz not null,
    decided_by         text,
    decided_at         timestamptz
);

comment on table domain.payout is 'The state of each payout, written in the transactions of its events; bank details are texts of the request.';
comment on column domain.payout.diamonds is 'In units of 0.0001.';

create index payout_of_creator on domain.payout (creator_id, requested_position);

alter table domain.creator_earnings
    add reserved bigint not null default 0,
    add payout_events bigint not null default 0;

create table domain.creator_worth (
    creator_id text   not null,
    currency   text   not null,
    micros     bigint not null,
    primary key (creator_id, currency)
);

comment on table domain.creator_worth is 'What available diamonds are worth, each at its own gift''s rate.';

alter table domain.payment_notice add received_at timestamptz not null default now();

alter table domain.earnings_book add last_slot_end timestamptz not null default '-infinity';

comment on column domain.earnings_book.last_slot_end is 'Slots end later and later, also where the hold was shortened.';

truncate domain.creator_earnings, domain.pending_earnings, domain.earnings_series;
update domain.earnings_book set position = 0;
