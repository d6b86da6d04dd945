-- Who asked the ledger what. In a schema of its own: a ledger that is built anew leaves it alone.

create table access (
    id bigint generated always as identity primary key,
    at timestamptz not null default clock_timestamp(),
    person text not null,
    roles text[] not null,
    method text not null,
    path text not null,
    query text,
    status smallint not null check (status between 100 and 599));
create index access_at on access (at, id);
create index access_person on access (person, at, id);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% on the log of accesses: expected inserts only', tg_op using errcode = '55000';
end $$;

create trigger no_change before update or delete on access for each statement execute function refuse_change();
create trigger no_truncate before truncate on access for each statement execute function refuse_change();
