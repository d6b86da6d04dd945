-- Price changes; the price before the first one of a gift is that of the catalogue in the build.

create table domain.gift_price (
    id           bigint      not null primary key generated always as identity,
    price_id     uuid        not null unique,
    gift_id      text        not null,
    coins        bigint      not null check (coins between 1 and 1000000),
    effective_at timestamptz not null,
    scheduled_at timestamptz not null,
    scheduled_by text        not null,
    check (effective_at > scheduled_at)
);

comment on table domain.gift_price is 'Scheduled ahead, never changed: a catalogue version counts the changes effective by then.';
comment on column domain.gift_price.price_id is 'Of caller, operation and idempotency key, as an event id is.';

create index gift_price_by_gift on domain.gift_price (gift_id, effective_at, id);

create trigger gift_price_is_append_only
    before update or delete or truncate on domain.gift_price
    for each statement execute function domain.refuse_change();

alter table domain.gift_price enable always trigger gift_price_is_append_only;
