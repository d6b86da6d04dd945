-- What each creator earned on each day in UTC: in DIAMOND, and in money what these diamonds are worth. earned is of gifts sent,
-- reversed of those that were taken back; pending and available say by how much what is held, and what can be paid, changed.
create table creator_day (
    creator_id text collate "C" not null,
    day date not null,
    asset_id smallint not null references asset,
    gifts bigint not null check (gifts >= 0),
    coins bigint not null check (coins >= 0),
    earned bigint not null check (earned >= 0),
    reversals bigint not null check (reversals >= 0),
    coins_back bigint not null check (coins_back >= 0),
    reversed bigint not null check (reversed >= 0),
    released bigint not null check (released >= 0),
    pending bigint not null,
    available bigint not null,
    primary key (creator_id, day, asset_id)) with (fillfactor = 50);

insert into creator_day
select w.creator_id, (e.recorded_at at time zone 'UTC')::date, s.asset_id,
    count(distinct e.entry_id) filter (where e.type = 'confetti.gift-sent.v1' and s.asset_id = 2),
    coalesce(sum(m.coins) filter (where e.type = 'confetti.gift-sent.v1' and s.asset_id = 2), 0),
    coalesce(sum(m.pending) filter (where e.type = 'confetti.gift-sent.v1'), 0),
    count(distinct e.entry_id) filter (where e.type = 'confetti.gift-reversed.v1' and s.asset_id = 2),
    coalesce(sum(m.coins) filter (where e.type = 'confetti.gift-reversed.v1' and s.asset_id = 2), 0),
    coalesce(-sum(m.pending + m.available) filter (where e.type = 'confetti.gift-reversed.v1'), 0),
    coalesce(sum(m.available) filter (where e.type = 'confetti.earnings-released.v1'), 0),
    sum(m.pending), sum(m.available)
from journal_entry e
join lateral (
    select split_part(a.code, ':', 2) as creator_id
    from posting p join account a on a.id = p.account_id
    where p.entry_id = e.entry_id and a.code like 'creator:%' limit 1) w on true
join lateral (
    select distinct a.asset_id from posting p join account a on a.id = p.account_id
    where p.entry_id = e.entry_id
        and (a.code like 'creator:%' or a.code in ('2110:creator-payable:pending', '2120:creator-payable:available', '1070:creator-clawback'))) s on true
join lateral (
    select coalesce(sum(v.amount) filter (where a.asset_id = s.asset_id
            and (a.code like 'creator:%:diamond:pending' or a.code = '2110:creator-payable:pending')), 0)::bigint as pending,
        coalesce(sum(v.amount) filter (where a.asset_id = s.asset_id
            and (a.code like 'creator:%:diamond:available' or a.code in ('2120:creator-payable:available', '1070:creator-clawback'))), 0)::bigint as available,
        abs(coalesce(sum(v.amount) filter (where a.code like 'coin:consumed:%'), 0))::bigint as coins
    from posting p join account a on a.id = p.account_id
    cross join lateral (select case p.side when 'C' then p.amount else -p.amount end as amount) v
    where p.entry_id = e.entry_id) m on true
group by 1, 2, 3;

-- Where the buyer of a lot was taxed, as far as that is known.
create table lot_country (
    position bigint primary key references lot,
    country text collate "C" not null);

-- What tax on sales was charged and given back in each month in UTC, by country; '' where that is not known.
create table vat_month (
    month date not null check (extract(day from month) = 1),
    country text collate "C" not null,
    asset_id smallint not null references asset,
    charged bigint not null check (charged >= 0),
    returned bigint not null check (returned >= 0),
    primary key (month, country, asset_id)) with (fillfactor = 50);

insert into vat_month
select date_trunc('month', e.recorded_at at time zone 'UTC')::date, '', a.asset_id,
    coalesce(sum(p.amount) filter (where p.side = 'C'), 0), coalesce(sum(p.amount) filter (where p.side = 'D'), 0)
from posting p
join account a on a.id = p.account_id and a.code = '2210:vat-payable'
join journal_entry e on e.entry_id = p.entry_id
group by 1, 3;
