-- Customers and what ties partners to them. `customer_id` leads every key, so that a customer's rows can live together on one
-- machine of many. Four ties are independent facts: relationship, association, reseller of record, support contact.
create table customers (
  id                  uuid primary key,
  legal_name          text not null,
  country             text not null references countries (code),
  culture             text not null,
  language            text not null,
  segment             text not null default 'commercial',
  primary_domain      text collate "C" not null,
  address_line1       text not null,
  address_line2       text not null default '',
  city                text not null,
  district            text not null default '',
  state               text not null default '',
  postal_code         text not null default '',
  registration_number text,
  tax_office          text not null default '',
  contact_first_name  text not null,
  contact_last_name   text not null,
  contact_email       text not null,
  contact_phone       text not null default '',
  sort_key            text collate "C" not null,
  created_at          timestamptz not null,
  version             int not null default 1,
  constraint customers_segment_known  check (segment in ('commercial', 'education', 'government', 'charity')),
  constraint customers_language_known check (language in ('en', 'tr'))
);

-- Names that are unique among all customers and partners, compared by ASCII rules, never by Turkish casing.
create table domains (
  name        text collate "C" primary key,
  owner_id    uuid not null,
  owner_kind  text not null,
  is_initial  boolean not null,
  created_at  timestamptz not null,
  constraint domains_name_is_folded   check (name ~ '^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$'),
  constraint domains_owner_kind_known check (owner_kind in ('customer', 'organization'))
);
create index domains_by_owner on domains (owner_id);

-- A partner may sell to a customer only through a relationship. Name and search text are copied from the customer, so that a
-- list of a million customers seeks in one index.
create table customer_relationships (
  customer_id uuid not null,
  id          uuid not null,
  partner_id  uuid not null,
  type        text not null,
  via         text not null,
  state       text not null,
  started_at  timestamptz not null,
  ended_at    timestamptz,
  country     text not null,
  sort_key    text collate "C" not null,
  search_key  text collate "C" not null,
  primary key (customer_id, id),
  constraint customer_relationships_type_known   check (type in ('provider', 'reseller')),
  constraint customer_relationships_via_known    check (via in ('created', 'invited')),
  constraint customer_relationships_state_known  check (state in ('active', 'removed')),
  constraint customer_relationships_removed_date check ((state = 'removed') = (ended_at is not null))
);
create unique index customer_relationships_one_active_per_partner
  on customer_relationships (customer_id, partner_id) where state = 'active';
create index customer_relationships_list
  on customer_relationships (partner_id, sort_key, customer_id) where state = 'active';
create index customer_relationships_search
  on customer_relationships using gin (partner_id, search_key gin_trgm_ops) where state = 'active';

-- The delegation of account and subscription management to a reseller, by one provider.
create table customer_reseller_associations (
  customer_id    uuid not null,
  id             uuid not null,
  provider_id    uuid not null,
  reseller_id    uuid not null,
  partnership_id uuid not null,
  scope          text not null default 'account_and_subscriptions',
  created_at     timestamptz not null,
  created_by     uuid not null,
  created_by_name text not null,
  ended_at       timestamptz,
  end_reason     text,
  sort_key       text collate "C" not null,
  search_key     text collate "C" not null,
  primary key (customer_id, id),
  constraint customer_reseller_associations_scope_known check (scope = 'account_and_subscriptions'),
  constraint customer_reseller_associations_end_known   check (end_reason in ('removed', 'replaced', 'customer_removed')),
  constraint customer_reseller_associations_end_reason  check ((ended_at is null) = (end_reason is null))
);
create unique index customer_reseller_associations_once
  on customer_reseller_associations (customer_id, provider_id, reseller_id) where ended_at is null;
create index customer_reseller_associations_list
  on customer_reseller_associations (reseller_id, provider_id, sort_key, customer_id) where ended_at is null;
create index customer_reseller_associations_reseller_list
  on customer_reseller_associations (reseller_id, sort_key, customer_id) where ended_at is null;
create index customer_reseller_associations_search
  on customer_reseller_associations using gin (reseller_id, search_key gin_trgm_ops) where ended_at is null;

create table customer_agreement_acceptances (
  customer_id      uuid not null,
  id               uuid not null,
  -- Null when the customer accepted itself: then it holds for every provider.
  provider_id      uuid,
  method           text not null,
  template_version text not null,
  first_name       text not null,
  last_name        text not null,
  email            text not null,
  phone            text not null default '',
  accepted_on      date not null,
  recorded_by      uuid not null,
  recorded_by_name text not null,
  recorded_at      timestamptz not null,
  superseded_at    timestamptz,
  primary key (customer_id, id),
  constraint customer_agreement_acceptances_method_known  check (method in ('attested', 'direct')),
  constraint customer_agreement_acceptances_attested_by   check ((method = 'attested') = (provider_id is not null)),
  -- A day more than UTC's, because the acceptor's own calendar may be ahead.
  constraint customer_agreement_acceptances_not_in_future check (accepted_on <= (recorded_at at time zone 'UTC')::date + 1)
);
create unique index customer_agreement_acceptances_current
  on customer_agreement_acceptances (customer_id, coalesce(provider_id, customer_id)) where superseded_at is null;

-- A provider asks a customer that already has its own tenant for a relationship, alone or together with a reseller.
create table relationship_requests (
  id                 uuid primary key,
  provider_id        uuid not null references organizations (id),
  reseller_id        uuid references organizations (id),
  partnership_id     uuid references partnerships (id),
  include_privileges boolean not null,
  token_hash         bytea not null unique,
  recipient_email    text,
  language           text not null,
  status             text not null,
  created_by         uuid not null,
  created_by_name    text not null,
  created_at         timestamptz not null,
  expires_at         timestamptz not null,
  opened_at          timestamptz,
  decided_at         timestamptz,
  customer_id        uuid,
  constraint relationship_requests_status_known check (status in ('issued', 'opened', 'accepted', 'declined', 'revoked')),
  constraint relationship_requests_partnership  check ((reseller_id is null) = (partnership_id is null)),
  constraint relationship_requests_accepted_by  check (status <> 'accepted' or customer_id is not null)
);
create index relationship_requests_by_provider on relationship_requests (provider_id, created_at desc, id desc);

-- Delegated admin privileges that a customer granted to a partner; they outlive partnerships and end only by their own acts.
create table admin_relationships (
  customer_id   uuid not null,
  id            uuid not null,
  partner_id    uuid not null,
  name          text not null,
  roles         text[] not null,
  duration_days int not null,
  status        text not null,
  granted_via   text not null,
  activated_at  timestamptz not null,
  ends_at       timestamptz not null,
  ended_at      timestamptz,
  primary key (customer_id, id),
  constraint admin_relationships_status_known   check (status in ('active', 'expired', 'terminated')),
  constraint admin_relationships_via_known      check (granted_via in ('default', 'request')),
  constraint admin_relationships_has_roles      check (cardinality(roles) > 0),
  constraint admin_relationships_duration_range check (duration_days between 1 and 730)
);
create unique index admin_relationships_name_once on admin_relationships (customer_id, partner_id, name);
create index admin_relationships_by_partner on admin_relationships (partner_id, status, customer_id);
