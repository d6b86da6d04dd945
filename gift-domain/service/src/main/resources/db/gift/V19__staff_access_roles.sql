-- Each role by itself, as the ledger's log of accesses has them.

alter table domain.staff_access alter column roles type text[] using string_to_array(roles, ' ');
