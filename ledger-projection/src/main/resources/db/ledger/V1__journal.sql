-- The journal and what follows it. Names are without a schema, so that a second ledger can be built beside the live one.

create table asset (
    asset_id smallint primary key check (asset_id between 1 and 255),
    code text not null unique,
    scale smallint not null check (scale between 0 and 6),
    unique (asset_id, code));
insert into asset values (1, 'COIN', 0), (2, 'DIAMOND', 4);

-- id = number << 8 | asset: a row of the journal alone shows the asset of its legs, and a CHECK by operators compares them.
-- Accounts without a person in them have numbers below 1000.
create table account (
    id bigint primary key check (id > 255),
    code text collate "C" not null check (code ~ '^(coin|viewer|diamond|creator|[1245][0-9]{3}):.+$'),
    asset text not null,
    asset_id smallint not null generated always as ((id & 255)::smallint) stored,
    unique (code, asset),
    foreign key (asset_id, asset) references asset (asset_id, code));

-- An entry with its legs in the row: each leg debits dN and credits cN with aN, so an entry cannot be out of balance.
-- lot_uses: for each lot, four numbers: the lot, coins, revenue, commission; negative when given back.
create table journal_entry (
    entry_id bigint primary key check (entry_id > 0),
    position bigint not null generated always as (entry_id) stored,
    recorded_at timestamptz not null,
    d1 bigint not null, c1 bigint not null, a1 bigint not null,
    check (a1 > 0 and d1 <> c1 and (d1 # c1) & 255 = 0),
    d2 bigint, c2 bigint, a2 bigint,
    check ((a2 > 0 and d2 <> c2 and (d2 # c2) & 255 = 0) is not false),
    check (num_nulls(d2, c2, a2) in (0, 3)),
    d3 bigint, c3 bigint, a3 bigint,
    check ((a3 > 0 and d3 <> c3 and (d3 # c3) & 255 = 0) is not false),
    check (num_nulls(d3, c3, a3) in (0, 3)),
    d4 bigint, c4 bigint, a4 bigint,
    check ((a4 > 0 and d4 <> c4 and (d4 # c4) & 255 = 0) is not false),
    check (num_nulls(d4, c4, a4) in (0, 3)),
    d5 bigint, c5 bigint, a5 bigint,
    check ((a5 > 0 and d5 <> c5 and (d5 # c5) & 255 = 0) is not false),
    check (num_nulls(d5, c5, a5) in (0, 3)),
    d6 bigint, c6 bigint, a6 bigint,
    check ((a6 > 0 and d6 <> c6 and (d6 # c6) & 255 = 0) is not false),
    check (num_nulls(d6, c6, a6) in (0, 3)),
    d7 bigint, c7 bigint, a7 bigint,
    check ((a7 > 0 and d7 <> c7 and (d7 # c7) & 255 = 0) is not false),
    check (num_nulls(d7, c7, a7) in (0, 3)),
    d8 bigint, c8 bigint, a8 bigint,
    check ((a8 > 0 and d8 <> c8 and (d8 # c8) & 255 = 0) is not false),
    check (num_nulls(d8, c8, a8) in (0, 3)),
    event_id uuid not null,
    reference uuid not null,
    type text not null,
    hash bytea not null check (octet_length(hash) = 32),
    lot_uses bigint[] check (cardinality(lot_uses) % 4 = 0 and cardinality(lot_uses) > 0));

create table journal_leg_more (
    entry_id bigint not null references journal_entry,
    line smallint not null check (line > 8),
    d bigint not null, c bigint not null, a bigint not null,
    check (a > 0 and d <> c and (d # c) & 255 = 0),
    primary key (entry_id, line));

-- A btree on random ids would cost a third of the speed; these answer within milliseconds and cost next to nothing.
create index journal_entry_event on journal_entry
    using brin (event_id uuid_bloom_ops (n_distinct_per_range = 4000, false_positive_rate = 0.01))
    with (pages_per_range = 128, autosummarize = on);
create index journal_entry_reference on journal_entry
    using brin (reference uuid_bloom_ops (n_distinct_per_range = 4000, false_positive_rate = 0.01))
    with (pages_per_range = 128, autosummarize = on);
-- Gifts sent are nearly all of the journal: whoever looks for another type must not read them.
create index journal_entry_rare on journal_entry (type, entry_id) where type <> 'confetti.gift-sent.v1';

create table balance (
    account_id bigint primary key references account,
    debit bigint not null check (debit >= 0),
    credit bigint not null check (credit >= 0)) with (fillfactor = 50);

-- Per account and closed block of positions in which it was touched: the sums at the block's end, and the entries of the
-- block that touched it; null where they are so many that reading the block is as good.
create table balance_history (
    account_id bigint not null,
    upto bigint not null,
    debit bigint not null,
    credit bigint not null,
    entries bigint[],
    primary key (account_id, upto));

create table lot (
    position bigint primary key references journal_entry,
    lot_id uuid not null unique,
    viewer_id text not null,
    asset_id smallint not null references asset,
    coins bigint not null check (coins > 0),
    price bigint not null check (price >= 0),
    commission bigint not null check (commission >= 0),
    used bigint not null check (used between 0 and coins),
    recognised bigint not null check (recognised between 0 and price),
    commission_recognised bigint not null check (commission_recognised between 0 and commission)) with (fillfactor = 50);

-- Where the ledger stands: every event up to position is booked, chain is the hash of the last entry.
create table source_position (
    source text primary key,
    position bigint not null check (position >= 0),
    entries bigint not null check (entries >= 0),
    chain bytea not null check (octet_length(chain) = 32));
insert into source_position values ('log', 0, 0, decode(repeat('00', 32), 'hex'));

-- Where it stands in each partition: the offset to read next, and the position of the last event of this partition.
create table source_partition (
    topic text not null,
    partition int not null,
    next_offset bigint not null,
    last_position bigint not null,
    primary key (topic, partition)) with (fillfactor = 50);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% on ledger table %: expected inserts only, a correction is a reversing entry', tg_op, tg_table_name
        using errcode = '55000';
end $$;

create trigger no_change before update or delete on journal_entry for each statement execute function refuse_change();
create trigger no_truncate before truncate on journal_entry for each statement execute function refuse_change();
create trigger no_change before update or delete on journal_leg_more for each statement execute function refuse_change();
create trigger no_truncate before truncate on journal_leg_more for each statement execute function refuse_change();
create trigger no_change before update or delete on balance_history for each statement execute function refuse_change();
create trigger no_truncate before truncate on balance_history for each statement execute function refuse_change();
create trigger no_change before update or delete on account for each statement execute function refuse_change();
create trigger no_truncate before truncate on account for each statement execute function refuse_change();
create trigger no_change before update or delete on asset for each statement execute function refuse_change();
create trigger no_truncate before truncate on asset for each statement execute function refuse_change();

create view leg as
select e.entry_id, v.line, v.d, v.c, v.a
from journal_entry e cross join lateral (values (1, d1, c1, a1), (2, d2, c2, a2), (3, d3, c3, a3), (4, d4, c4, a4), (5, d5, c5, a5), (6, d6, c6, a6), (7, d7, c7, a7), (8, d8, c8, a8)) v (line, d, c, a)
where v.a is not null
union all
select entry_id, line, d, c, a from journal_leg_more;

create view posting as
select p.entry_id, p.account_id, p.side, sum(p.amount)::bigint as amount
from (select entry_id, d as account_id, 'D' as side, a as amount from leg
      union all select entry_id, c, 'C', a from leg) p
group by p.entry_id, p.account_id, p.side;

-- The last entry that was recorded at or before an instant; 0 when there is none. recorded_at never decreases with entry_id, so
-- the primary key serves for a binary search.
create function position_at(at timestamptz) returns bigint language plpgsql stable as $$
declare
    low bigint := 0; -- recorded at or before, or 0
    high bigint;
    middle bigint;
    found_id bigint;
    found_at timestamptz;
begin
    select coalesce(max(entry_id), 0) + 1 into high from journal_entry;
    while high - low > 1 loop
        middle := low + (high - low) / 2;
        -- The last entry up to the middle; positions without an entry are holes.
        select entry_id, recorded_at into found_id, found_at from journal_entry
            where entry_id <= middle and entry_id > low order by entry_id desc limit 1;
        if found_id is null then
            low := middle;
        elsif found_at <= at then
            low := middle;
        else
            high := found_id;
        end if;
    end loop;
    select coalesce(max(entry_id), 0) into found_id from journal_entry where entry_id <= low;
    return found_id;
end $$;

