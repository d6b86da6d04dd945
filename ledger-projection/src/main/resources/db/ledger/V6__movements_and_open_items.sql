-- What moved from where to where on each day in UTC, by the entry's type; persons added up as viewer:*:coin:paid.
create table daily_movement (
    day date not null,
    type text collate "C" not null,
    debit text collate "C" not null,
    credit text collate "C" not null,
    asset_id smallint not null references asset,
    amount bigint not null check (amount > 0),
    legs bigint not null check (legs > 0),
    primary key (day, type, debit, credit, asset_id)) with (fillfactor = 50);
create index daily_movement_debit on daily_movement (debit, day);
create index daily_movement_credit on daily_movement (credit, day);

insert into daily_movement
select (e.recorded_at at time zone 'UTC')::date, e.type,
    regexp_replace(d.code, '^(viewer|creator):[^:]+:', '\1:*:'), regexp_replace(c.code, '^(viewer|creator):[^:]+:', '\1:*:'),
    d.asset_id, sum(l.a)::bigint, count(*)
from leg l
join journal_entry e on e.entry_id = l.entry_id
join account d on d.id = l.d
join account c on c.id = l.c
group by 1, 2, 3, 4, 5;

-- What entries of one reference have left open in a clearing account: one row for each state of it, from the entry that made
-- it up to the entry that ended it. open: debits less credits.
create table clearing_item (
    account_id bigint not null references account,
    reference uuid not null,
    entry_id bigint not null,
    until bigint check (until > entry_id),
    since bigint not null check (since between 1 and entry_id),
    since_at timestamptz not null,
    open bigint not null,
    primary key (account_id, reference, entry_id)) with (fillfactor = 50);
create unique index clearing_item_latest on clearing_item (account_id, reference) where until is null;
-- Which items were open at a position, however long ago that was.
create index clearing_item_open on clearing_item using gist (int8range(entry_id, until)) where open <> 0;

-- since is the entry that made the item what it is, not settled in between and on the same side.
with recursive change as (
    select p.account_id, e.reference, e.entry_id, e.recorded_at,
        sum(case p.side when 'D' then p.amount else -p.amount end)::bigint as amount
    from posting p
    join account a on a.id = p.account_id and a.code in ('1030:payouts-in-transit', '1040:disputes-receivable', '2300:suspense')
    join journal_entry e on e.entry_id = p.entry_id
    group by p.account_id, e.reference, e.entry_id, e.recorded_at
    having sum(case p.side when 'D' then p.amount else -p.amount end) <> 0),
numbered as (
    select c.*, row_number() over w as n, lead(entry_id) over w as until, (sum(amount) over w)::bigint as open
    from change c window w as (partition by account_id, reference order by entry_id)),
state as (
    select account_id, reference, entry_id, until, n, open, entry_id as since, recorded_at as since_at
    from numbered where n = 1
    union all
    select m.account_id, m.reference, m.entry_id, m.until, m.n, m.open,
        case when sign(m.open) = sign(s.open) then s.since else m.entry_id end,
        case when sign(m.open) = sign(s.open) then s.since_at else m.recorded_at end
    from state s join numbered m on m.account_id = s.account_id and m.reference = s.reference and m.n = s.n + 1)
insert into clearing_item (account_id, reference, entry_id, until, since, since_at, open)
select account_id, reference, entry_id, until, since, since_at, open from state;

-- The lots of a viewer.
create index lot_viewer on lot (viewer_id, position);
