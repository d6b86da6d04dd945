-- What each creator can be paid: below 0 is what was paid too much, in 1070, above it is in 2120.

create table creator_payable (
    creator_id text collate "C" not null,
    asset_id smallint not null references asset,
    amount bigint not null,
    primary key (creator_id, asset_id)) with (fillfactor = 50);

-- An entry that changes it has a leg of the creator's available diamonds.
insert into creator_payable
select w.creator_id, a.asset_id, sum(case p.side when 'C' then p.amount else -p.amount end)
from posting p
join account a on a.id = p.account_id and a.code in ('2120:creator-payable:available', '1070:creator-clawback')
join lateral (
    select distinct split_part(c.code, ':', 2) as creator_id
    from posting q join account c on c.id = q.account_id
    where q.entry_id = p.entry_id and c.code like 'creator:%:diamond:available') w on true
group by w.creator_id, a.asset_id;
