-- A reseller never orders: it asks its provider to. A request is drafted, sent, and then accepted, declined or withdrawn for good.
create table order_requests (
  customer_id      uuid not null,
  id               uuid not null,
  provider_id      uuid not null,
  reseller_id      uuid not null,
  -- New subscriptions, or a change of one that is there.
  kind             text not null,
  status           text not null,
  -- What is asked for, with the retail prices of the day it was written; of a change, one line as it is to become.
  lines            jsonb not null,
  -- Of a change: what is to be changed.
  subscription_id  uuid,
  -- The day by which the reseller would like to have it.
  wish_on          date,
  note             text not null default '',
  decline_reason   text not null default '',
  search_key       text collate "C" not null,
  created_by       uuid not null,
  created_by_name  text not null,
  created_at       timestamptz not null,
  sent_at          timestamptz,
  answered_at      timestamptz,
  answered_by_name text,
  -- Its place in lists: when it was drafted, then when it was sent.
  listed_at        timestamptz not null,
  -- What it came to, when it asked for new subscriptions.
  order_id         uuid,
  version          int not null default 1,
  primary key (customer_id, id),
  constraint order_requests_kind_known       check (kind in ('new', 'quantity', 'cancel')),
  constraint order_requests_status_known     check (status in ('draft', 'sent', 'accepted', 'declined', 'withdrawn')),
  constraint order_requests_change_of_one    check ((kind = 'new') = (subscription_id is null)),
  constraint order_requests_sent_date        check (sent_at is not null or status in ('draft', 'withdrawn')),
  constraint order_requests_answer_date      check ((answered_at is not null) = (status in ('accepted', 'declined'))),
  constraint order_requests_decline_reason   check ((decline_reason <> '') = (status = 'declined')),
  constraint order_requests_accepted_order   check ((order_id is not null) = (status = 'accepted' and kind = 'new'))
);
-- A provider does not see what was never sent to it.
create index order_requests_by_provider on order_requests (provider_id, listed_at desc, id desc) where sent_at is not null;
create index order_requests_by_reseller on order_requests (reseller_id, listed_at desc, id desc);
create index order_requests_provider_search on order_requests using gin (provider_id, search_key gin_trgm_ops) where sent_at is not null;
create index order_requests_reseller_search on order_requests using gin (reseller_id, search_key gin_trgm_ops);
