-- Files kept in the database, in parts, for installations without an object store of their own.
create table stored_objects (
  key   text collate "C" not null,
  part  int not null,
  bytes bytea not null,
  primary key (key, part),
  constraint stored_objects_part_size check (octet_length(bytes) between 1 and 1048576)
);
-- Pictures and archives are compressed already.
alter table stored_objects alter column bytes set storage external;

-- Files whose message is gone; a job deletes them from the store, which may be elsewhere.
create table forgotten_objects (
  key          text collate "C" primary key,
  forgotten_at timestamptz not null
);
create function forget_attached_objects() returns trigger language plpgsql as $$
begin
  insert into forgotten_objects (key, forgotten_at) select object_key, now() from gone on conflict do nothing;
  return null;
end $$;
create trigger service_request_attachments_forget after delete on service_request_attachments
  referencing old table as gone for each statement execute function forget_attached_objects();
