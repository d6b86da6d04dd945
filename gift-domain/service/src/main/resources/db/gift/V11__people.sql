-- Names and texts are sealed by a key for each person; without the key they are noise.

create table domain.person_key (
    key_id       bigint      not null primary key generated always as identity,
    person_id    text        not null,
    record_id    uuid,
    master       text        not null,
    wrapped_key  bytea       not null,
    made_at      timestamptz not null default now(),
    locked_until timestamptz,
    check (locked_until is null or record_id is not null)
);

comment on table domain.person_key is 'Data keys, wrapped by a master key. To delete a row is to shred what it sealed, once no backup has it.';
comment on column domain.person_key.record_id is 'The payout whose bank details it seals; null: all else of the person.';
comment on column domain.person_key.master is 'The name of the master key.';
comment on column domain.person_key.locked_until is 'The person is forgotten, and the law wants the record kept until then.';

create unique index person_key_of_person on domain.person_key (person_id) where record_id is null;
create unique index person_key_of_record on domain.person_key (record_id) where record_id is not null;
create index person_key_of_records on domain.person_key (person_id) where record_id is not null;
create index person_key_locked on domain.person_key (locked_until) where locked_until is not null;

create table domain.person_forgotten (
    person_id    text        not null primary key,
    forgotten_at timestamptz not null,
    position     bigint      not null unique
);

comment on table domain.person_forgotten is 'Written in the transactions of the events; a token from before teaches no name any more.';

alter table domain.person
    alter name drop not null,
    add key_id bigint,
    add sealed bytea,
    add constraint person_sealed check (name is null and key_id is not null and sealed is not null) not valid;

comment on column domain.person.name is 'Of earlier versions, until it is sealed.';

alter table domain.event_text
    alter value drop not null,
    add key_id bigint,
    add sealed bytea,
    add constraint event_text_sealed check (value is null and key_id is not null and sealed is not null) not valid;

comment on column domain.event_text.value is 'Of earlier versions, until it is sealed.';

-- What earlier versions wrote is sealed in the background, batch by batch, by the first service that starts.
create table domain.plain_table (
    name text not null primary key
);

comment on table domain.plain_table is 'Tables that may still hold plain texts.';

insert into domain.plain_table (name) values ('person'), ('event_text');

create index purchase_standing_disputed on domain.purchase_standing (purchase_id) where chargeback_state = 'open';
create index live_not_ended on domain.live (creator_id) where state <> 'ended';
