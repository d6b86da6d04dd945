-- Purchases that wait for their money, and what payment providers told us.

create table domain.checkout (
    purchase_id uuid        not null primary key,
    viewer_id   text        not null,
    package_id  text        not null,
    coins       bigint      not null check (coins > 0),
    bonus_coins bigint      not null check (bonus_coins >= 0),
    price_minor bigint      not null check (price_minor > 0),
    currency    text        not null,
    provider    text        not null,
    reference   text        not null,
    url         text        not null,
    failed      boolean     not null default false,
    created_at  timestamptz not null
);

comment on table domain.checkout is 'As they were offered; a completed one is in the log as well. No personal data.';

create table domain.payment_notice (
    provider    text   not null,
    notice_id   text   not null,
    received    bigint not null generated always as identity unique,
    purchase_id uuid   not null,
    notice      jsonb  not null,
    state       text   not null default 'waiting' check (state in ('waiting', 'applied', 'contradicted')),
    reason      text,
    primary key (provider, notice_id)
);

comment on table domain.payment_notice is 'What signed notices said, without personal data; one that came too early waits for what it follows on.';

create index payment_notice_waiting on domain.payment_notice (purchase_id, received) where state = 'waiting';
