-- Service requests: what a customer asks its support contact, the thread of messages, and who takes part.
create table service_requests (
  customer_id               uuid not null,
  id                        uuid not null,
  number                    text not null,
  -- The provider whose clock counts, and to whom a reseller escalates.
  provider_id               uuid not null,
  -- Null for a request about the customer's account as a whole.
  subscription_id           uuid,
  -- Who has to answer now: the designated support contact, or the provider once it was escalated.
  owner_id                  uuid not null,
  -- The reseller that passed it on to the provider.
  escalated_by              uuid,
  escalated_at              timestamptz,
  severity                  text not null,
  status                    text not null,
  title                     text not null,
  -- Whom the answering side reaches; a person of the side that filed it.
  contact_name              text not null,
  contact_email             text not null,
  contact_phone             text not null default '',
  filed_by_name             text not null,
  filed_by_organization_id  uuid not null,
  filed_by_organization     text not null,
  filed_at                  timestamptz not null,
  response_due_at           timestamptz not null,
  first_response_at         timestamptz,
  overdue_noted_at          timestamptz,
  closed_at                 timestamptz,
  changed_at                timestamptz not null,
  primary key (customer_id, id),
  constraint service_requests_severity_known  check (severity in ('critical', 'moderate', 'minimal')),
  constraint service_requests_status_known    check (status in ('open', 'attention', 'closed')),
  constraint service_requests_closed_has_date check ((status = 'closed') = (closed_at is not null)),
  constraint service_requests_escalated_to_provider
    check ((escalated_by is null) = (escalated_at is null) and (escalated_by is null or owner_id = provider_id))
);
create index service_requests_waiting on service_requests (provider_id, response_due_at)
  where status <> 'closed' and first_response_at is null and overdue_noted_at is null;
create index service_requests_open_by_owner on service_requests (owner_id) where status <> 'closed';

-- Who sees a request: the customer, its owners so far, and who filed it. Number, time, state and search text are copied here, so
-- that every party's list seeks in one index.
create table service_request_parties (
  customer_id uuid not null,
  request_id  uuid not null,
  party_id    uuid not null,
  filed_at    timestamptz not null,
  closed      boolean not null,
  search_key  text collate "C" not null,
  primary key (customer_id, request_id, party_id)
);
create index service_request_parties_list on service_request_parties (party_id, filed_at desc, request_id desc);
create index service_request_parties_by_state
  on service_request_parties (party_id, closed, filed_at desc, request_id desc);
create index service_request_parties_search
  on service_request_parties using gin (party_id, search_key gin_trgm_ops);

-- A reply is for everybody who sees the request; a note for its author's organization; what goes along with an escalation
-- for the partners.
create table service_request_messages (
  customer_id            uuid not null,
  request_id             uuid not null,
  id                     uuid not null,
  kind                   text not null,
  body                   text not null,
  author_user_id         uuid not null,
  author_name            text not null,
  author_organization_id uuid not null,
  author_organization    text not null,
  at                     timestamptz not null,
  primary key (customer_id, id),
  constraint service_request_messages_kind_known check (kind in ('reply', 'note', 'escalation'))
);
create index service_request_messages_thread on service_request_messages (customer_id, request_id, at desc, id desc);

create table service_request_attachments (
  customer_id uuid not null,
  request_id  uuid not null,
  message_id  uuid not null,
  id          uuid not null,
  position    int not null,
  file_name   text not null,
  media_type  text not null,
  size_bytes  int not null,
  object_key  text not null,
  primary key (customer_id, id),
  constraint service_request_attachments_few unique (customer_id, message_id, position),
  constraint service_request_attachments_position check (position between 1 and 5)
);

-- Files that somebody has sent and not yet put into a message.
create table service_request_uploads (
  id              uuid primary key,
  user_id         uuid not null,
  organization_id uuid not null,
  file_name       text not null,
  media_type      text not null,
  size_bytes      int not null,
  object_key      text not null,
  uploaded_at     timestamptz not null,
  -- Null until the object store has all of it.
  stored_at       timestamptz
);
create index service_request_uploads_by_user on service_request_uploads (user_id);
create index service_request_uploads_by_age on service_request_uploads (uploaded_at);
