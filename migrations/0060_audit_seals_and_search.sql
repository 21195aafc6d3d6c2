-- A seal keeps what it hashed, so that a broken chain names the record that was changed, removed or slipped in.
alter table audit_seals
  add column record_ids    uuid[] not null,
  -- SHA-256 of each record, 32 bytes each, in the order of `record_ids`.
  add column record_hashes bytea not null,
  add constraint audit_seals_names_its_records
    check (cardinality(record_ids) = record_count and octet_length(record_hashes) = 32 * record_count);

-- Those who may read only what they did themselves, and the operator's security events.
create index audit_records_by_actor on audit_records (actor_user_id, at desc, id desc);
create index audit_records_by_action on audit_records (action, at desc, id desc);

-- The search field: an id or a friendly name somebody pasted or remembers.
create index organizations_search on organizations using gin (search_key gin_trgm_ops);
create index subscriptions_by_id on subscriptions (id);
create index subscriptions_by_friendly_name
  on subscriptions (provider_id, lower(friendly_name) text_pattern_ops) where friendly_name <> '';
