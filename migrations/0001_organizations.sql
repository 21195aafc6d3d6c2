-- Who takes part: regions and countries decide who may trade with whom; organizations are the provider, the reseller and the
-- operator. Customers have their own table because there may be millions of them and they are spread by their id.
create extension if not exists pg_trgm;
create extension if not exists btree_gin;

create table regions (
  id      text primary key,
  name_en text not null,
  name_tr text not null
);

create table countries (
  code                  text primary key,
  region_id             text not null references regions (id),
  currency              text not null,
  culture               text not null,
  calling_code          text not null,
  -- Matched against the whole postal code; null where a country has none.
  postal_code_pattern   text,
  postal_code_example   text,
  state_required        boolean not null default false,
  registration_required boolean not null default false,
  -- Matched against the whole registration or tax number; null where the form is free.
  registration_pattern  text,
  registration_example  text,
  phone_required        boolean not null default false,
  constraint countries_code_is_iso     check (code ~ '^[A-Z]{2}$'),
  constraint countries_currency_is_iso check (currency ~ '^[A-Z]{3}$')
);

create table organizations (
  id                  uuid primary key,
  kind                text not null,
  legal_name          text not null,
  trading_name        text not null,
  country             text not null references countries (code),
  region_id           text not null references regions (id),
  culture             text not null,
  status              text not null default 'active',
  address_line1       text not null default '',
  address_line2       text not null default '',
  city                text not null default '',
  state               text not null default '',
  postal_code         text not null default '',
  registration_number text,
  email_domain        text collate "C",
  support_email       text not null default '',
  support_phone       text not null default '',
  support_website     text not null default '',
  -- The tenant may demand a second factor of all its users.
  second_factor_required boolean not null default false,
  sort_key            text collate "C" not null,
  search_key          text collate "C" not null,
  created_at          timestamptz not null,
  constraint organizations_kind_known   check (kind in ('operator', 'provider', 'reseller')),
  constraint organizations_status_known check (status in ('active', 'suspended')),
  constraint organizations_id_country   unique (id, country)
);
create unique index organizations_registration_number_once
  on organizations (country, registration_number) where registration_number is not null;

-- Global and location accounts share one number space; a number is never given twice, even after closing.
create table partner_ids (
  partner_id text primary key,
  kind       text not null,
  constraint partner_ids_kind_known check (kind in ('global', 'location')),
  constraint partner_ids_is_number  check (partner_id ~ '^[1-9][0-9]{3,17}$'),
  constraint partner_ids_with_kind  unique (partner_id, kind)
);

create table partner_global_accounts (
  id         uuid primary key,
  partner_id text not null unique,
  kind       text not null default 'global',
  legal_name text not null,
  country    text not null references countries (code),
  constraint partner_global_accounts_kind       check (kind = 'global'),
  constraint partner_global_accounts_partner_id foreign key (partner_id, kind) references partner_ids (partner_id, kind)
);

create table partner_location_accounts (
  id                uuid primary key,
  global_account_id uuid not null references partner_global_accounts (id),
  partner_id        text not null unique,
  kind              text not null default 'location',
  name              text not null,
  country           text not null references countries (code),
  city              text not null default '',
  status            text not null default 'active',
  -- The one organization that trades under this location; null until it is associated.
  organization_id   uuid unique,
  constraint partner_location_accounts_kind         check (kind = 'location'),
  constraint partner_location_accounts_status_known check (status in ('active', 'closed')),
  constraint partner_location_accounts_partner_id   foreign key (partner_id, kind) references partner_ids (partner_id, kind),
  -- A location trades only for an organization of its own country.
  constraint partner_location_accounts_same_country
    foreign key (organization_id, country) references organizations (id, country)
);

create table program_enrollments (
  organization_id uuid primary key references organizations (id),
  tier            text not null,
  status          text not null,
  activated_at    timestamptz,
  changed_at      timestamptz not null,
  constraint program_enrollments_tier_known   check (tier in ('indirect_provider', 'indirect_reseller')),
  constraint program_enrollments_status_known
    check (status in ('draft', 'pending', 'qualified', 'active', 'rejected', 'suspended', 'deauthorized'))
);

-- Agreements, attestations and authorizations are documents with versions: a published text never changes.
create table agreement_templates (
  kind           text not null,
  version        text not null,
  language       text not null,
  body           text not null,
  effective_from date not null,
  primary key (kind, version, language),
  constraint agreement_templates_kind_known
    check (kind in ('partner', 'customer', 'removal_attestation', 'order_attestation', 'partnership_authorization')),
  constraint agreement_templates_language_known check (language in ('en', 'tr'))
);

create table partner_agreement_signatures (
  organization_id     uuid not null references organizations (id),
  region_id           text not null references regions (id),
  version             text not null,
  location_account_id uuid not null references partner_location_accounts (id),
  signer_user_id      uuid not null,
  signer_name         text not null,
  signed_at           timestamptz not null,
  ip                  text not null,
  primary key (organization_id, region_id, version)
);

-- The official provider directory; only the operator edits it.
create table directory_profiles (
  provider_id          uuid primary key references organizations (id),
  listed               boolean not null,
  not_listed_reason    text not null default '',
  description_en       text not null,
  description_tr       text not null,
  services             text[] not null default '{}',
  website              text not null default '',
  contact_email        text not null default '',
  contact_phone        text not null default '',
  representative_name  text not null,
  representative_email text not null,
  representative_phone text not null default '',
  version              int not null default 1,
  updated_at           timestamptz not null
);
