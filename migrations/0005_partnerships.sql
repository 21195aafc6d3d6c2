-- How an indirect provider and an indirect reseller become partners, and stop being it.
create table partnership_invitations (
  id                     uuid primary key,
  provider_id            uuid not null references organizations (id),
  -- SHA-256 of the token in the link; the token itself is never stored.
  token_hash             bytea not null unique,
  recipient_email        text,
  language               text not null,
  status                 text not null,
  created_by             uuid not null,
  created_by_name        text not null,
  created_at             timestamptz not null,
  expires_at             timestamptz not null,
  opened_at              timestamptz,
  decided_at             timestamptz,
  decided_by             uuid,
  accepted_by_organization_id uuid references organizations (id),
  constraint partnership_invitations_status_known
    check (status in ('issued', 'opened', 'accepted', 'declined', 'revoked')),
  constraint partnership_invitations_accepted_names_who
    check ((status = 'accepted') = (accepted_by_organization_id is not null))
);
create index partnership_invitations_by_provider on partnership_invitations (provider_id, created_at desc, id desc);

create table attestations (
  id               uuid primary key,
  kind             text not null,
  template_version text not null,
  language         text not null,
  -- SHA-256 of the exact text that was shown.
  text_hash        text not null,
  subject_kind     text not null,
  subject_id       uuid not null,
  user_id          uuid not null,
  user_name        text not null,
  organization_id  uuid not null references organizations (id),
  at               timestamptz not null,
  ip               text not null
);
revoke update, delete, truncate on attestations from current_user;

-- A pair may be partners once at a time; the history of earlier ones is kept and never re-opened.
create table partnerships (
  id                           uuid primary key,
  provider_id                  uuid not null references organizations (id),
  reseller_id                  uuid not null references organizations (id),
  reseller_location_account_id uuid not null references partner_location_accounts (id),
  region_id                    text not null references regions (id),
  invitation_id                uuid references partnership_invitations (id),
  state                        text not null,
  -- Whether the reseller lets the provider administer the reseller's own account; a choice of its own, off by default.
  provider_admin_access        text not null default 'none',
  started_at                   timestamptz not null,
  ended_at                     timestamptz,
  ended_by                     uuid,
  ended_by_side                text,
  end_attestation_id           uuid references attestations (id),
  constraint partnerships_state_known        check (state in ('active', 'ended')),
  constraint partnerships_admin_access_known check (provider_admin_access in ('none', 'granted', 'revoked')),
  constraint partnerships_not_with_itself    check (provider_id <> reseller_id),
  constraint partnerships_ended_has_date     check ((state = 'ended') = (ended_at is not null)),
  constraint partnerships_ended_is_attested  check ((state = 'ended') = (end_attestation_id is not null)),
  constraint partnerships_side_known         check (ended_by_side in ('provider', 'reseller'))
);
create unique index partnerships_one_active_per_pair on partnerships (provider_id, reseller_id) where state = 'active';
create index partnerships_by_provider on partnerships (provider_id, state, reseller_id);
create index partnerships_by_reseller on partnerships (reseller_id, state, provider_id);
