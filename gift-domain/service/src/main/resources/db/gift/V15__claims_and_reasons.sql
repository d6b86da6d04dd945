-- Who put a report's lines down and is about to record them; reasons of estimates, sealed as all others.

create table domain.settlement_claim (
    settlement_id    uuid   not null primary key,
    lines            int    not null check (lines > 0),
    receivable_minor bigint not null
);

comment on table domain.settlement_claim is
    'Settlements whose lines are down and that are not recorded. Who records one takes its row away, and so does who gives it up: one of them.';

insert into domain.settlement_claim
select l.settlement_id, count(*), sum(l.receivable_minor)
from domain.settlement_line l
where not exists (select from domain.provider_settlement s where s.settlement_id = l.settlement_id)
group by l.settlement_id;

alter table domain.breakage
    alter reason drop not null,
    add key_id bigint,
    add sealed bytea,
    add constraint breakage_sealed check ((reason is null) = (sealed is not null) and (key_id is null) = (sealed is null));

comment on column domain.breakage.reason is 'Of earlier versions, until it is sealed.';

insert into domain.plain_table (name) select 'breakage' where exists (select from domain.breakage);
