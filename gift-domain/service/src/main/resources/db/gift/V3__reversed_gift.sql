-- Which gifts were reversed: a wallet keeps only how many.

create table domain.reversed_gift (
    gift_send_id uuid   not null primary key,
    event_id     uuid   not null unique,
    position     bigint not null unique
);

comment on table domain.reversed_gift is 'Written in the transactions of the reversals; a gift is reversed once.';

insert into domain.reversed_gift (gift_send_id, event_id, position)
select (convert_from(payload, 'UTF8')::jsonb ->> 'giftSendId')::uuid, event_id, position
from domain.event_log
where type = 'confetti.gift-reversed.v1';
