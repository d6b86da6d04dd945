-- Every request of finance staff and administrators.

create table domain.staff_access (
    access bigint      not null primary key generated always as identity,
    at     timestamptz not null,
    person text        not null,
    roles  text        not null,
    method text        not null,
    path   text        not null,
    query  text,
    status int         not null
);

comment on table domain.staff_access is 'Written before each answer; ids only, no names.';

create index staff_access_at on domain.staff_access (at, access);
create index staff_access_of_person on domain.staff_access (person, at, access);

create trigger staff_access_is_append_only
    before update or delete or truncate on domain.staff_access
    for each statement execute function domain.refuse_change();

-- Also for replication and for sessions that switch ordinary triggers off.
alter table domain.staff_access enable always trigger staff_access_is_append_only;
