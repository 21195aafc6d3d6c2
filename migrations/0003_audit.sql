-- What happened. Audit records and events are written in the transaction of the change they tell of, and never changed.
-- `xact` orders them by commit: every row below the oldest running transaction is final, so a reader skips none.
create table audit_records (
  customer_id           uuid not null,
  id                    uuid not null,
  xact                  xid8 not null default pg_current_xact_id(),
  at                    timestamptz not null,
  action                text not null,
  subject_kind          text not null,
  subject_id            text not null,
  actor_user_id         uuid not null,
  actor_name            text not null,
  actor_organization_id uuid not null,
  actor_organization    text not null,
  -- The customer's or partner's name the actor acted for, when not for itself.
  on_behalf_of          text,
  provider_id           uuid,
  reseller_id           uuid,
  before                jsonb,
  after                 jsonb,
  request_id            text,
  ip                    text not null,
  primary key (customer_id, id)
);
create index audit_records_by_provider on audit_records (provider_id, at desc, id desc);
create index audit_records_by_actor_organization on audit_records (actor_organization_id, at desc, id desc);
create index audit_records_by_customer on audit_records (customer_id, at desc, id desc);
create index audit_records_by_subject on audit_records (customer_id, subject_id, at desc, id desc);
create index audit_records_by_commit on audit_records (xact, id);

-- The chain: each seal hashes a batch of records in commit order over the seal before it.
create table audit_seals (
  number        bigint primary key,
  previous_hash text not null,
  hash          text not null,
  first_xact    xid8 not null,
  first_id      uuid not null,
  last_xact     xid8 not null,
  last_id       uuid not null,
  record_count  int not null,
  sealed_at     timestamptz not null,
  constraint audit_seals_count_positive check (record_count > 0)
);

create table events (
  customer_id  uuid not null,
  id           uuid not null,
  xact         xid8 not null default pg_current_xact_id(),
  at           timestamptz not null,
  type         text not null,
  subject_kind text not null,
  subject_id   text not null,
  provider_id  uuid,
  reseller_id  uuid,
  payload      jsonb not null,
  primary key (customer_id, id)
);
create index events_by_commit on events (xact, id);

-- One effect for one MS-RequestId of one caller; the reply never holds a secret.
create table idempotency_keys (
  actor_id     uuid not null,
  request_id   text not null,
  request_hash text not null,
  reply        jsonb,
  created_at   timestamptz not null,
  primary key (actor_id, request_id)
);
create index idempotency_keys_by_age on idempotency_keys (created_at);

-- Insert-only, for the owner of the tables too.
revoke update, delete, truncate on audit_records, audit_seals, events from current_user;
