-- What became of purchases that did not stay as they were: a wallet keeps only how often it was corrected.

create table domain.purchase_standing (
    purchase_id      uuid   not null primary key,
    lot_id           uuid   not null unique,
    refund_id        uuid   unique,
    chargeback_id    uuid   unique,
    chargeback_state text   check (chargeback_state in ('open', 'won', 'lost')),
    frozen_coins     bigint not null default 0 check (frozen_coins >= 0),
    check ((chargeback_id is null) = (chargeback_state is null)),
    check (frozen_coins = 0 or chargeback_state = 'open')
);

comment on table domain.purchase_standing is 'Refunds and chargebacks, written in the transactions of their events; no row: nothing of that kind.';
comment on column domain.purchase_standing.chargeback_id is 'The last one; at most one is open.';
