-- Which entries are of which live: the journal's rows do not say, the events of gifts do.

-- Per live and closed block of positions, the places of its entries in the block, from 1: upto - 8192 + offset is an entry's id.
create table live_history (
    live_id text collate "C" not null,
    upto bigint not null,
    offsets smallint[] not null check (cardinality(offsets) > 0),
    primary key (live_id, upto));

-- The same for the block that is open, per batch in which it was written; gone when the block closes.
create table live_open (
    live_id text collate "C" not null,
    upto bigint not null,
    batch bigint not null,
    offsets smallint[] not null check (cardinality(offsets) > 0),
    primary key (live_id, batch));

-- Entries up to this position were booked before there were these lists.
create table live_start (position bigint not null check (position >= 0));
insert into live_start select position from source_position where source = 'log';

create trigger no_change before update or delete on live_history for each statement execute function refuse_change();
create trigger no_truncate before truncate on live_history for each statement execute function refuse_change();
create trigger no_change before update or delete on live_start for each statement execute function refuse_change();
create trigger no_truncate before truncate on live_start for each statement execute function refuse_change();
