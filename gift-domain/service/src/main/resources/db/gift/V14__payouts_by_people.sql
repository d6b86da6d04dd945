-- Approvals that are taken back, payouts whose end people tell, and what a statement says of a movement beside its amount.

alter table domain.payout
    drop constraint payout_status_check,
    add constraint payout_status_check check (status in
        ('requested', 'approved', 'rejected', 'withdrawn', 'sent', 'settled', 'failed', 'returned')),
    add resolution_id uuid,
    add resolution_outcome text,
    add resolution_charges_minor bigint,
    add resolution_by text,
    add resolution_at timestamptz;

comment on column domain.payout.resolution_id is 'What somebody says became of it at the bank, while another person has not agreed.';

alter table domain.bank_line
    add is_return boolean not null default true,
    add is_reversal boolean not null default false,
    add charges_minor bigint not null default 0;
alter table domain.bank_line
    alter is_return drop default,
    alter is_reversal drop default,
    alter charges_minor drop default;

comment on column domain.bank_line.is_return is 'The bank says that it brings back what could not be paid out.';
comment on column domain.bank_line.is_reversal is 'The bank undoes a booking of its own.';
comment on column domain.bank_line.charges_minor is 'What the bank says that it took for itself within the amount.';

create index bank_line_of_payout on domain.bank_line (payout_id, received) where payout_id is not null;
create index payout_of_status on domain.payout (status, requested_position);
