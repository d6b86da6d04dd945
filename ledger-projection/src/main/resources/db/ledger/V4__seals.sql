-- Closed months: what the books were through the month's end, signed, and partitions that take no more entries.

create table period_seal (
    period text collate "C" primary key check (period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
    position bigint not null unique,
    through_position bigint not null check (through_position >= 0 and through_position < position),
    entries bigint not null check (entries >= 0),
    chain bytea not null check (octet_length(chain) = 32),
    balances bytea not null check (octet_length(balances) = 32),
    log_hash bytea not null check (octet_length(log_hash) = 32),
    sealed_at timestamptz not null,
    public_key bytea not null,
    signature bytea not null check (octet_length(signature) = 64));
create trigger no_change before update or delete on period_seal for each statement execute function refuse_change();
create trigger no_truncate before truncate on period_seal for each statement execute function refuse_change();

create function refuse_entry() returns trigger language plpgsql as $$
begin
    raise exception 'entry % into %: expected one of an open month, this one is sealed', new.entry_id, tg_table_name
        using errcode = '55000';
end $$;

-- The partitions up to a month take no more entries, whoever writes them. Those that do already are left as they are.
create function seal_journal_months(through timestamptz) returns void language plpgsql as $$
declare
    partition text;
begin
    for partition in
        select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
        join journal_month m on c.relname = 'journal_entry_' || to_char(m.begins at time zone 'UTC', 'YYYY_MM')
        where i.inhparent = 'journal_entry'::regclass and m.begins <= through
            and not exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'sealed')
        order by c.relname
    loop
        execute format('create trigger sealed before insert on %I for each row execute function refuse_entry()', partition);
    end loop;
end $$;

-- An entry of a sealed month gets no further legs. The search path may be anybody's, so the schema is the trigger's own.
create function refuse_sealed_leg() returns trigger language plpgsql as $$
declare
    sealed boolean;
begin
    execute format('select exists (select from %I.period_seal where through_position >= $1)', tg_table_schema)
        into sealed using new.entry_id;
    if sealed then
        raise exception 'line % of entry %: expected an entry of an open month, this one is sealed', new.line, new.entry_id
            using errcode = '55000';
    end if;
    return new;
end $$;
create trigger sealed before insert on journal_leg_more for each row execute function refuse_sealed_leg();

create or replace function make_journal_month(month timestamptz, first bigint) returns void language plpgsql as $$
declare
    partition text := 'journal_entry_' || to_char(month at time zone 'UTC', 'YYYY_MM');
begin
    if exists (select from journal_month where begins = month) then
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
    insert into journal_month values (month, first);
end $$;
