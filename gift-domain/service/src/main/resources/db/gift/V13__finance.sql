-- Corrections by finance, closed months, and what payment providers settle.

create table domain.adjustment (
    adjustment_id  uuid        not null primary key,
    debit_account  text        not null,
    credit_account text        not null,
    amount_micros  bigint      not null check (amount_micros > 0),
    currency       text        not null,
    status         text        not null check (status in ('requested', 'approved', 'rejected')),
    requested_by   text        not null,
    requested_at   timestamptz not null,
    decided_by     text,
    decided_at     timestamptz,
    position       bigint      not null unique,
    check (debit_account <> credit_account),
    check (decided_by <> requested_by),
    check ((decided_by is null) = (status = 'requested'))
);

comment on table domain.adjustment is 'The state of each adjustment, written in the transactions of its events; reasons are texts of the events.';

create table domain.closed_period (
    period           text        not null primary key check (period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
    through_position bigint      not null check (through_position >= 0),
    log_hash         text        not null check (log_hash ~ '^[0-9a-f]{64}$'),
    closed_by        text        not null,
    closed_at        timestamptz not null,
    position         bigint      not null unique
);

comment on table domain.closed_period is 'Months that are over for the books, written in the transactions of their events.';

create table domain.breakage (
    breakage_id   uuid        not null primary key,
    requested     bigint      not null generated always as identity unique,
    period        text        not null,
    currency      text        not null,
    amount_micros bigint      not null check (amount_micros <> 0),
    reason        text        not null,
    status        text        not null default 'requested'
        check (status in ('requested', 'recognised', 'rejected')),
    requested_by  text        not null,
    requested_at  timestamptz not null,
    decided_by    text,
    decided_at    timestamptz,
    position      bigint      unique,
    check (decided_by <> requested_by),
    check ((decided_by is null) = (status = 'requested')),
    check ((position is null) = (status <> 'recognised'))
);

comment on table domain.breakage is 'Estimates of coins that nobody will spend; one becomes an event when a second person agrees.';

-- What each provider owes us, line by line, as its reports will tell it.
create table domain.provider_movement (
    movement_id uuid   not null primary key,
    position    bigint not null unique,
    provider    text   not null,
    kind        text   not null check (kind in ('purchase', 'refund', 'chargeback', 'chargeback-won')),
    reference   text   not null,
    purchase_id uuid   not null,
    currency    text   not null,
    gross_minor bigint not null,
    fee_minor   bigint not null
);

comment on table domain.provider_movement is 'Money at payment providers, written in the transactions of the events; named after them.';
comment on column domain.provider_movement.gross_minor is 'Above 0: for us. What they owe is gross less fee.';
comment on column domain.provider_movement.fee_minor is 'The commission that was booked; below 0: what they gave back of it.';

create index provider_movement_reference on domain.provider_movement (provider, reference);

create table domain.provider_settlement (
    settlement_id    uuid        not null primary key,
    provider         text        not null,
    reference        text        not null,
    currency         text        not null,
    account          text        not null,
    bank_minor       bigint      not null,
    receivable_minor bigint      not null,
    commission_minor bigint      not null,
    suspense_minor   bigint      not null,
    lines            int         not null,
    lines_sha256     text        not null,
    settled_by       text        not null,
    settled_at       timestamptz not null,
    position         bigint      not null unique,
    unique (provider, reference, currency),
    check (bank_minor + commission_minor + suspense_minor = receivable_minor)
);

comment on table domain.provider_settlement is 'Written in the transactions of the events.';

create table domain.settlement_line (
    settlement_id    uuid   not null,
    line             int    not null check (line > 0),
    movement_id      uuid   unique,
    kind             text   not null,
    reference        text   not null,
    gross_minor      bigint not null,
    fee_minor        bigint not null,
    net_minor        bigint not null,
    receivable_minor bigint not null,
    commission_minor bigint not null,
    suspense_minor   bigint not null,
    finding          text   not null
        check (finding in ('as-booked', 'other-fee', 'fee-alone', 'other-amount', 'other-currency',
            'settled-before', 'unknown-reference', 'unknown-kind')),
    primary key (settlement_id, line),
    check (net_minor = gross_minor - fee_minor),
    check (net_minor + commission_minor + suspense_minor = receivable_minor)
);

comment on table domain.settlement_line is 'Lines of reports and what they settle, put down before their settlement is recorded; without personal data.';
comment on column domain.settlement_line.movement_id is 'What the line settles; once.';

create index settlement_line_suspense on domain.settlement_line (settlement_id, line) where suspense_minor <> 0;

insert into domain.provider_movement
select e.event_id, e.position, p.event ->> 'provider', 'purchase', p.event ->> 'providerReference',
    (p.event ->> 'purchaseId')::uuid, p.event ->> 'currency',
    (p.event ->> 'priceMinor')::bigint + (p.event ->> 'taxMinor')::bigint, (p.event ->> 'commissionMinor')::bigint
from domain.event_log e, lateral (select convert_from(e.payload, 'UTF8')::jsonb) p(event)
where e.type = 'confetti.coins-purchased.v1';

insert into domain.provider_movement
select e.event_id, e.position, p.event ->> 'provider', 'refund', p.event ->> 'providerReference',
    (p.event ->> 'purchaseId')::uuid, p.event ->> 'currency',
    -(p.event ->> 'amountMinor')::bigint, -(p.event ->> 'commissionReturnedMinor')::bigint
from domain.event_log e, lateral (select convert_from(e.payload, 'UTF8')::jsonb) p(event)
where e.type = 'confetti.purchase-refunded.v1';

insert into domain.provider_movement
select e.event_id, e.position, p.event ->> 'provider', 'chargeback', p.event ->> 'providerReference',
    (p.event ->> 'purchaseId')::uuid, p.event ->> 'currency',
    -(p.event ->> 'amountMinor')::bigint, (p.event ->> 'feeMinor')::bigint
from domain.event_log e, lateral (select convert_from(e.payload, 'UTF8')::jsonb) p(event)
where e.type = 'confetti.chargeback-opened.v1';

insert into domain.provider_movement
select e.event_id, e.position, o.provider, 'chargeback-won', o.reference, o.purchase_id, o.currency,
    (p.event ->> 'amountMinor')::bigint, 0
from domain.event_log e, lateral (select convert_from(e.payload, 'UTF8')::jsonb) p(event)
join domain.provider_movement o on o.movement_id = (p.event ->> 'chargebackId')::uuid
where e.type = 'confetti.chargeback-won.v1';
