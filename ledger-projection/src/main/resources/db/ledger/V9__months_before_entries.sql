-- A month's partition is made and committed before the transaction that books its first entry. To attach one keeps no reader out, so a
-- reader may see what the attaching transaction committed before it hears that there is a partition more to read; it would then miss
-- the entries of a position that it sees. What month begins with which entry is told with that entry.
create or replace function make_journal_month(month timestamptz, first bigint) returns void language plpgsql as $$
declare
    partition text := 'journal_entry_' || to_char(month at time zone 'UTC', 'YYYY_MM');
begin
    if to_regclass(partition) is not null then
        return;
    end if;
    if exists (select from period_seal where period >= to_char(month at time zone 'UTC', 'YYYY-MM')) then
        raise exception 'entry % into %: expected one of an open month, this one is sealed', first, partition
            using errcode = '55000';
    end if;
    execute format('create table %I (like journal_entry including all, check (entry_id >= %s))', partition, first);
    execute format('create trigger no_change before update or delete on %I for each statement execute function refuse_change()', partition);
    execute format('create trigger no_truncate before truncate on %I for each statement execute function refuse_change()', partition);
    execute format('alter table journal_entry attach partition %I for values from (%L) to (%L)', partition,
        month, (month at time zone 'UTC' + interval '1 month') at time zone 'UTC');
    -- The first blocks of an empty table are summarised from its beginning, which costs as much for each row as all else; as later
    -- ones, they are once they are full.
    perform brin_desummarize_range(i.indexrelid, 0) from pg_index i
        join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam and a.amname = 'brin'
        where i.indrelid = partition::regclass;
end $$;

create function begin_journal_month(month timestamptz, first bigint) returns void language sql
    begin atomic
        insert into journal_month values (month, first) on conflict (begins) do nothing;
    end;
