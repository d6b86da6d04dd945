-- What creators earn: added up from the log, and how far it was released.

alter table domain.reversed_gift add creator_id text, add sent_position bigint;
update domain.reversed_gift r
set creator_id = convert_from(e.payload, 'UTF8')::jsonb ->> 'creatorId', sent_position = e.position
from domain.event_log e where e.event_id = r.gift_send_id;
alter table domain.reversed_gift alter creator_id set not null, alter sent_position set not null;
create index reversed_gift_of_creator on domain.reversed_gift (creator_id, position);

create table domain.earnings_release (
    creator_id       text   not null primary key,
    through_position bigint not null check (through_position > 0)
);

comment on table domain.earnings_release is 'Through which position each creator''s earnings are released; written in the transactions of the releases.';

create table domain.earnings_book (
    only_row boolean not null primary key default true check (only_row),
    position bigint  not null check (position >= 0)
);
insert into domain.earnings_book (position) values (0);

comment on table domain.earnings_book is 'How far the log is added up in the tables that follow; its row is the right to go on.';

create table domain.creator_earnings (
    creator_id text   not null primary key,
    pending    bigint not null default 0,
    available  bigint not null default 0
);

comment on table domain.creator_earnings is 'Diamonds in units of 0.0001; available may be below 0, after reversals of what was paid out.';

create table domain.pending_earnings (
    creator_id       text        not null,
    slot_end         timestamptz not null,
    currency         text        not null,
    from_position    bigint      not null,
    through_position bigint      not null,
    diamonds         bigint      not null,
    micros           bigint      not null,
    primary key (creator_id, slot_end, currency)
) with (fillfactor = 70);

comment on table domain.pending_earnings is 'Not released yet: one row for all gifts that were recorded in a slot of time.';

create index pending_earnings_due on domain.pending_earnings (slot_end);

create table domain.earnings_series (
    creator_id text        not null,
    hour       timestamptz not null,
    gift_id    text        not null,
    gifts      bigint      not null,
    coins      bigint      not null,
    diamonds   bigint      not null,
    primary key (creator_id, hour, gift_id)
) with (fillfactor = 70);

comment on table domain.earnings_series is 'By the hour in which gifts were sent; a reversal comes off the hour of its gift.';
