-- Payouts on their way to the bank and back.

alter table domain.creator_earnings add redeemed bigint not null default 0;

alter table domain.payout
    drop constraint payout_status_check,
    add constraint payout_status_check check (status in
        ('requested', 'approved', 'rejected', 'sent', 'settled', 'failed', 'returned')),
    add batch_id uuid,
    add batch_line int,
    add bank_reason text,
    add bank_charges_minor bigint,
    add sent_at timestamptz,
    add settled_at timestamptz,
    add given_back_at timestamptz,
    add constraint payout_batch_line unique (batch_id, batch_line);

comment on column domain.payout.batch_id is 'The batch that claimed it; it is sent a moment later.';
comment on column domain.payout.given_back_at is 'When it failed or was returned.';

create index payout_to_send on domain.payout (requested_position) where status = 'approved' and batch_id is null;
create index payout_claimed on domain.payout (batch_id) where status = 'approved' and batch_id is not null;

create table domain.payout_hold (
    creator_id text        not null primary key,
    held_by    text        not null,
    held_at    timestamptz not null
);

comment on table domain.payout_hold is 'Creators who are paid nothing for now, written in the transactions of the events.';

create table domain.payout_batch (
    batch_id   uuid        not null primary key,
    payouts    int         not null,
    created_by text        not null,
    created_at timestamptz not null,
    position   bigint      not null unique
);

create table domain.bank_message (
    bank_message_id uuid        not null primary key,
    kind            text        not null,
    reference       text        not null,
    lines           int         not null,
    received_by     text        not null,
    received_at     timestamptz not null,
    position        bigint      not null unique
);

create table domain.bank_line (
    reference       text        not null primary key,
    bank_message_id uuid        not null,
    line            int         not null,
    kind            text        not null check (kind in ('rejected', 'debited', 'credited')),
    payout_id       uuid,
    amount_minor    bigint,
    currency        text,
    booked_on       date,
    bank_reason     text,
    state           text        not null default 'waiting'
        check (state in ('waiting', 'applied', 'contradicted', 'unmatched')),
    why             text,
    received        bigint      not null generated always as identity
);

comment on table domain.bank_line is 'What banks told of single payments, without names and accounts; kept before it has an effect.';
comment on column domain.bank_line.reference is 'The same for the same line of another message.';

create index bank_line_waiting on domain.bank_line (received) where state = 'waiting';
create index bank_line_of_message on domain.bank_line (bank_message_id, line);
