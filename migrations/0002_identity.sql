-- People who sign in, and what they may do. A user belongs to one organization, or to one customer, and holds roles there.
-- Sessions, credentials, verifications and second factors are the rows of the sign-in library under our names.
create table users (
  id                            uuid primary key,
  -- The customer's id when organization_kind is `customer`; customers have their own table, so this is no foreign key.
  organization_id               uuid not null,
  organization_kind             text not null,
  -- Folded by ASCII rules, never by Turkish casing. A deleted user gives its name free and is called `deleted-<id>`.
  username                      text collate "C" not null,
  email                         text collate "C" not null,
  email_verified                boolean not null default false,
  first_name                    text not null,
  last_name                     text not null,
  display_name                  text not null,
  locale                        text not null,
  status                        text not null default 'active',
  two_factor_enabled            boolean not null default false,
  must_change_password          boolean not null default false,
  -- Only a hash of a temporary password exists, and after this instant it opens nothing.
  temporary_password_expires_at timestamptz,
  failed_sign_ins               int not null default 0,
  failed_since                  timestamptz,
  locked_until                  timestamptz,
  last_sign_in_at               timestamptz,
  sort_key                      text collate "C" not null,
  search_key                    text collate "C" not null,
  created_at                    timestamptz not null,
  changed_at                    timestamptz not null,
  deleted_at                    timestamptz,
  constraint users_username_key            unique (username),
  constraint users_username_is_folded      check (username ~ '^[a-z0-9][a-z0-9._@+-]{2,127}$'),
  constraint users_email_is_folded         check (email ~ '^[!-?A-~]+@[!-?A-~]+$' and email = lower(email) or status = 'deleted'),
  constraint users_kind_known              check (organization_kind in ('operator', 'provider', 'reseller', 'customer')),
  constraint users_locale_known            check (locale in ('en', 'tr')),
  constraint users_status_known            check (status in ('active', 'blocked', 'deleted')),
  constraint users_deleted_has_date        check ((status = 'deleted') = (deleted_at is not null)),
  -- A password that is not the user's own always has an end.
  constraint users_temporary_password_ends check (must_change_password = (temporary_password_expires_at is not null)),
  constraint users_failed_not_negative     check (failed_sign_ins >= 0)
);
-- One person may be the administrator of several customers, each with its own user; a partner's address is one user's only.
create unique index users_email_key on users (email) where organization_kind <> 'customer' and status <> 'deleted';
create unique index users_customer_email_key
  on users (organization_id, email) where organization_kind = 'customer' and status <> 'deleted';
create index users_by_email on users (email);
create index users_list on users (organization_id, sort_key, id) where status <> 'deleted';
create index users_search on users using gin (organization_id, search_key gin_trgm_ops) where status <> 'deleted';

-- Who may do what since when; a role taken back keeps its row.
create table role_assignments (
  id                uuid primary key,
  user_id           uuid not null references users (id),
  organization_id   uuid not null,
  role              text not null,
  granted_by        uuid not null,
  granted_by_name   text not null,
  granted_at        timestamptz not null,
  revoked_at        timestamptz,
  constraint role_assignments_role_known check (role in (
    'global_admin', 'user_management_admin', 'admin_agent', 'sales_agent', 'helpdesk_agent', 'billing_admin',
    'account_admin', 'mpn_partner_admin', 'billing_contact', 'user', 'platform_operator')),
  constraint role_assignments_interval   check (revoked_at is null or revoked_at >= granted_at)
);
create unique index role_assignments_once on role_assignments (user_id, role) where revoked_at is null;
create index role_assignments_by_organization on role_assignments (organization_id, role, user_id) where revoked_at is null;

create table sessions (
  id         uuid primary key,
  user_id    uuid not null references users (id) on delete cascade,
  -- SHA-256 of the token in the cookie; the token itself is never stored.
  token_hash text collate "C" not null,
  ip         text,
  user_agent text,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  expires_at timestamptz not null,
  constraint sessions_token_hash_key unique (token_hash)
);
create index sessions_by_user on sessions (user_id);
create index sessions_by_end on sessions (expires_at);

create table credentials (
  id            uuid primary key,
  user_id       uuid not null references users (id) on delete cascade,
  provider_id   text not null default 'credential',
  account_id    text not null,
  password_hash text not null,
  created_at    timestamptz not null,
  changed_at    timestamptz not null,
  constraint credentials_once unique (user_id, provider_id)
);

create table verifications (
  id         uuid primary key,
  identifier text collate "C" not null,
  value      text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  changed_at timestamptz not null
);
create index verifications_by_identifier on verifications (identifier);
create index verifications_by_end on verifications (expires_at);

create table two_factors (
  id                        uuid primary key,
  user_id                   uuid not null references users (id) on delete cascade,
  -- Both sealed with the installation's secret.
  secret                    text not null,
  backup_codes              text not null,
  verified                  boolean not null default false,
  failed_verification_count int not null default 0,
  locked_until              timestamptz,
  constraint two_factors_once unique (user_id)
);
