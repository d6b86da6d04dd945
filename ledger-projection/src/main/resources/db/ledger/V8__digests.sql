-- What stands in the events alone, and can be found again in no entry, carries a digest from its insertion on: verify sees when a
-- row is not what was put in. Rows of these tables are inserted and deleted, never changed.

create function row_digest(content jsonb) returns bytea language sql immutable as $$
    select sha256(convert_to((content - 'digest')::text, 'UTF8'))
$$;

alter table live_history add column digest bytea;
alter table live_open add column digest bytea;
alter table live_start add column digest bytea;
alter table lot_country add column digest bytea;

-- What was inserted until now is taken as it is.
alter table live_history disable trigger no_change;
alter table live_start disable trigger no_change;
update live_history t set digest = row_digest(to_jsonb(t));
update live_open t set digest = row_digest(to_jsonb(t));
update live_start t set digest = row_digest(to_jsonb(t));
update lot_country t set digest = row_digest(to_jsonb(t));
alter table live_history enable trigger no_change;
alter table live_start enable trigger no_change;

alter table live_history alter column digest set not null;
alter table live_open alter column digest set not null;
alter table live_start alter column digest set not null;
alter table lot_country alter column digest set not null;

-- As row_digest, which the search path of whoever inserts need not find.
create function add_digest() returns trigger language plpgsql as $$
begin
    new.digest := sha256(convert_to((to_jsonb(new) - 'digest')::text, 'UTF8'));
    return new;
end $$;
create trigger digest before insert on live_history for each row execute function add_digest();
create trigger digest before insert on live_open for each row execute function add_digest();
create trigger digest before insert on live_start for each row execute function add_digest();
create trigger digest before insert on lot_country for each row execute function add_digest();

create trigger no_change before update on live_open for each statement execute function refuse_change();
create trigger no_change before update or delete on lot_country for each statement execute function refuse_change();
create trigger no_truncate before truncate on lot_country for each statement execute function refuse_change();
