-- What is open with providers and banks, found without a look at all that is settled.

alter table domain.provider_movement add settlement_id uuid;
alter table domain.provider_settlement add marked boolean not null default false;

comment on column domain.provider_movement.settlement_id is 'The recorded settlement that settled it, written a moment after: its lines are what counts.';
comment on column domain.provider_settlement.marked is 'Whether its movements have its id.';

update domain.provider_movement m set settlement_id = l.settlement_id
from domain.settlement_line l
join domain.provider_settlement s on s.settlement_id = l.settlement_id
where l.movement_id = m.movement_id;
update domain.provider_settlement set marked = true;

create index provider_movement_owed on domain.provider_movement (position) where settlement_id is null;
create index provider_movement_of_provider on domain.provider_movement (provider, position);
create index provider_movement_of_currency on domain.provider_movement (provider, currency, position);
create index provider_settlement_to_mark on domain.provider_settlement (position) where not marked;
create index settlement_line_odd on domain.settlement_line (settlement_id, line) where finding <> 'as-booked';
create index bank_line_state on domain.bank_line (state, received);
