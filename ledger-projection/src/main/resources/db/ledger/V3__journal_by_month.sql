-- The journal by months: a partition for each month (UTC) in which something was recorded, made by the writer with its first entry.

alter table source_position
    -- Tells this ledger from another that took its name: account ids mean nothing there.
    add column ledger_id uuid not null default gen_random_uuid();

drop view posting;
drop view leg;
alter table lot drop constraint lot_position_fkey;
alter table journal_leg_more rename to journal_leg_more_flat;
alter table journal_leg_more_flat rename constraint journal_leg_more_pkey to journal_leg_more_flat_pkey;
alter table journal_entry rename to journal_entry_flat;
alter table journal_entry_flat rename constraint journal_entry_pkey to journal_entry_flat_pkey;
alter index journal_entry_event rename to journal_entry_flat_event;
alter index journal_entry_reference rename to journal_entry_flat_reference;
alter index journal_entry_rare rename to journal_entry_flat_rare;

create table journal_entry (
    entry_id bigint not null check (entry_id > 0),
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
    lot_uses bigint[] check (cardinality(lot_uses) % 4 = 0 and cardinality(lot_uses) > 0),
    primary key (entry_id, recorded_at)) partition by range (recorded_at);

create index journal_entry_event on journal_entry
    using brin (event_id uuid_bloom_ops (n_distinct_per_range = 4000, false_positive_rate = 0.01))
    with (pages_per_range = 128, autosummarize = on);
create index journal_entry_reference on journal_entry
    using brin (reference uuid_bloom_ops (n_distinct_per_range = 4000, false_positive_rate = 0.01))
    with (pages_per_range = 128, autosummarize = on);
create index journal_entry_rare on journal_entry (type, entry_id) where type <> 'confetti.gift-sent.v1';

create trigger no_change before update or delete on journal_entry for each statement execute function refuse_change();
create trigger no_truncate before truncate on journal_entry for each statement execute function refuse_change();

-- Which entries a month has: those from its first one to the next month's. A reader of a range of entries finds here which partitions
-- it can leave alone.
create table journal_month (
    begins timestamptz primary key check (begins = date_trunc('month', begins at time zone 'UTC') at time zone 'UTC'),
    first_entry bigint not null unique check (first_entry > 0));
create trigger no_change before update or delete on journal_month for each statement execute function refuse_change();
create trigger no_truncate before truncate on journal_month for each statement execute function refuse_change();

-- Makes the partition of a month unless it is there. It is attached when it is whole: that keeps nobody from reading the others.
create function make_journal_month(month timestamptz, first bigint) returns void language plpgsql as $$
declare
    partition text := 'journal_entry_' || to_char(month at time zone 'UTC', 'YYYY_MM');
begin
    if exists (select from journal_month where begins = month) then
        return;
    end if;
    execute format('create table %I (like journal_entry including all, check (entry_id >= %s))', partition, first);
    -- Triggers for statements are not inherited.
    execute format('create trigger no_change before update or delete on %I for each statement execute function refuse_change()', partition);
    execute format('create trigger no_truncate before truncate on %I for each statement execute function refuse_change()', partition);
    execute format('alter table journal_entry attach partition %I for values from (%L) to (%L)', partition,
        month, (month at time zone 'UTC' + interval '1 month') at time zone 'UTC');
    -- The first blocks of an empty table are summarised from its beginning, which costs as much for each row as all else; as later
    -- ones, they are once they are full.
    perform brin_desummarize_range(i.indexrelid, 0) from pg_index i
        join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam and a.amname = 'brin'
        where i.indrelid = partition::regclass;
    insert into journal_month values (month, first);
end $$;

select make_journal_month(month, first) from (
    select date_trunc('month', recorded_at at time zone 'UTC') at time zone 'UTC' as month, min(entry_id) as first
    from journal_entry_flat group by 1 order by 1) m;
insert into journal_entry (entry_id, recorded_at, d1, c1, a1, d2, c2, a2, d3, c3, a3, d4, c4, a4,
    d5, c5, a5, d6, c6, a6, d7, c7, a7, d8, c8, a8, event_id, reference, type, hash, lot_uses)
select entry_id, recorded_at, d1, c1, a1, d2, c2, a2, d3, c3, a3, d4, c4, a4,
    d5, c5, a5, d6, c6, a6, d7, c7, a7, d8, c8, a8, event_id, reference, type, hash, lot_uses
from journal_entry_flat order by entry_id;
select count(brin_summarize_new_values(i.indexrelid)) from pg_inherits h
    join pg_index i on i.indrelid = h.inhrelid
    join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam and a.amname = 'brin'
    where h.inhparent = 'journal_entry'::regclass;

create table journal_leg_more (
    entry_id bigint not null,
    recorded_at timestamptz not null,
    line smallint not null check (line > 8),
    d bigint not null, c bigint not null, a bigint not null,
    check (a > 0 and d <> c and (d # c) & 255 = 0),
    primary key (entry_id, line),
    foreign key (entry_id, recorded_at) references journal_entry);
insert into journal_leg_more
select m.entry_id, e.recorded_at, m.line, m.d, m.c, m.a from journal_leg_more_flat m join journal_entry_flat e using (entry_id);
create trigger no_change before update or delete on journal_leg_more for each statement execute function refuse_change();
create trigger no_truncate before truncate on journal_leg_more for each statement execute function refuse_change();

-- When the purchase was recorded; it finds the entry together with the position.
alter table lot add column recorded_at timestamptz;
update lot l set recorded_at = e.recorded_at from journal_entry_flat e where e.entry_id = l.position;
alter table lot alter column recorded_at set not null;
alter table lot add foreign key (position, recorded_at) references journal_entry;

drop table journal_leg_more_flat;
drop table journal_entry_flat;

create view leg as
select e.entry_id, v.line, v.d, v.c, v.a, e.recorded_at
from journal_entry e cross join lateral (values (1, d1, c1, a1), (2, d2, c2, a2), (3, d3, c3, a3), (4, d4, c4, a4), (5, d5, c5, a5), (6, d6, c6, a6), (7, d7, c7, a7), (8, d8, c8, a8)) v (line, d, c, a)
where v.a is not null
union all
select entry_id, line, d, c, a, recorded_at from journal_leg_more;

create view posting as
select p.entry_id, p.account_id, p.side, sum(p.amount)::bigint as amount
from (select entry_id, d as account_id, 'D' as side, a as amount from leg
      union all select entry_id, c, 'C', a from leg) p
group by p.entry_id, p.account_id, p.side;

-- The last entry; 0 when there is none.
create function last_entry() returns bigint language plpgsql stable set plan_cache_mode = force_custom_plan as $$
declare
    month timestamptz;
begin
    select max(begins) into month from journal_month;
    return coalesce((select max(entry_id) from journal_entry where recorded_at >= month), 0);
end $$;

-- The last entry that was recorded at or before an instant; 0 when there is none. recorded_at never decreases with entry_id, so a
-- binary search finds it, in the partition of the instant's month. Plans are made for each step, so that they name that partition alone.
create or replace function position_at(at timestamptz) returns bigint language plpgsql stable
    set plan_cache_mode = force_custom_plan as $$
declare
    month timestamptz;
    next_month timestamptz;
    low bigint; -- recorded at or before, or of an earlier month
    high bigint; -- recorded after
    middle bigint;
    found_id bigint;
    found_at timestamptz;
    best bigint;
begin
    select max(begins) into month from journal_month where begins <= at;
    if month is null then
        return 0;
    end if;
    select first_entry - 1 into low from journal_month where begins = month;
    next_month := (month at time zone 'UTC' + interval '1 month') at time zone 'UTC';
    select max(entry_id) + 1 into high from journal_entry where recorded_at >= month and recorded_at < next_month;
    while high - low > 1 loop
        middle := low + (high - low) / 2;
        -- The last entry up to the middle; positions without an entry are holes.
        select entry_id, recorded_at into found_id, found_at from journal_entry
            where entry_id <= middle and entry_id > low and recorded_at >= month and recorded_at < next_month
            order by entry_id desc limit 1;
        if found_id is null then
            low := middle;
        elsif found_at <= at then
            low := middle;
            best := found_id;
        else
            high := found_id;
        end if;
    end loop;
    if best is null then
        -- All of this month came later: the last of the one before.
        next_month := month;
        select max(begins) into month from journal_month where begins < next_month;
        select max(entry_id) into best from journal_entry where recorded_at >= month and recorded_at < next_month;
    end if;
    return coalesce(best, 0);
end $$;
