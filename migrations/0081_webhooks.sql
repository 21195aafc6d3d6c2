-- Where an organization wants its events sent.
create table webhooks (
  id                uuid primary key,
  organization_id   uuid not null,
  organization_kind text not null,
  -- Whole, with what may be secret in its path and query; only people who may manage webhooks see it.
  url               text not null,
  description       text not null,
  -- Types such as `order.submitted`, or all of a kind such as `subscription.*`; empty for every event.
  types             text[] not null,
  enabled           boolean not null,
  disabled_because  text,
  -- Sealed with the installation's secret: signing needs it back.
  secret            bytea not null,
  -- Signs beside the new one until then, so that the receiver has time to change.
  previous_secret   bytea,
  previous_until    timestamptz,
  -- Attempts that failed since the last one that succeeded, and since when.
  failures          int not null default 0,
  failing_since     timestamptz,
  -- Events committed by later transactions are sent.
  since_xact        xid8 not null default pg_current_xact_id(),
  version           int not null default 1,
  created_at        timestamptz not null,
  changed_at        timestamptz not null,
  constraint webhooks_kind_known      check (organization_kind in ('provider', 'reseller', 'customer')),
  constraint webhooks_reason_known    check (disabled_because in ('person', 'gone', 'failing')),
  constraint webhooks_disabled_reason check (enabled = (disabled_because is null)),
  constraint webhooks_previous_until  check ((previous_secret is null) = (previous_until is null))
);
create index webhooks_by_organization on webhooks (organization_id, created_at, id);

-- One event on its way to one webhook; sent again, it is the same delivery. Its webhook may be gone: then it ages out.
create table webhook_deliveries (
  webhook_id    uuid not null,
  event_id      uuid not null,
  -- With it the event is found; no event belongs to a test.
  customer_id   uuid not null,
  xact          xid8 not null,
  type          text not null,
  -- Kind and id of what the event is about: deliveries of one subject go out one after the other.
  subject       text not null,
  status        text not null,
  attempts      int not null default 0,
  queued_at     timestamptz not null,
  -- Of a waiting one that failed before.
  next_at       timestamptz,
  attempted_at  timestamptz,
  response_code int,
  latency_ms    int,
  error         text,
  primary key (webhook_id, event_id),
  constraint webhook_deliveries_status_known check (status in ('waiting', 'delivered', 'dead'))
);
create index webhook_deliveries_waiting on webhook_deliveries (webhook_id, subject, xact, event_id) where status = 'waiting';
create index webhook_deliveries_log on webhook_deliveries (webhook_id, queued_at desc, event_id desc);
create index webhook_deliveries_undelivered on webhook_deliveries (webhook_id, status, queued_at desc, event_id desc)
  where status <> 'delivered';
create index webhook_deliveries_by_age on webhook_deliveries (queued_at);
create index webhook_deliveries_late on webhook_deliveries (queued_at) where status = 'waiting';

-- The queue of one webhook and one subject, while anything waits in it. Its row is held by whoever adds to it or takes from it.
create table webhook_lanes (
  webhook_id uuid not null,
  subject    text not null,
  -- Nobody looks at it before then: its first delivery failed, or is under way.
  due_at     timestamptz not null,
  primary key (webhook_id, subject)
);
create index webhook_lanes_due on webhook_lanes (webhook_id, due_at);

-- Up to where events were put into the queues: one row, held by the process that does it.
create table webhook_position (
  one  boolean primary key default true,
  xact xid8 not null,
  id   uuid not null,
  constraint webhook_position_one_row check (one)
);
insert into webhook_position (xact, id) values (pg_current_xact_id(), '00000000-0000-0000-0000-000000000000');

-- What had been committed when: all events below `xact`. For replays that begin at an instant.
create table webhook_marks (
  at   timestamptz primary key,
  xact xid8 not null
);

-- Events asked for again.
create table webhook_replays (
  id                uuid primary key,
  webhook_id        uuid not null,
  organization_id   uuid not null,
  status            text not null,
  -- Where it stands, and where it ends: before `until_xact`.
  xact              xid8 not null,
  event_id          uuid not null,
  until_xact        xid8 not null,
  queued            int not null default 0,
  requested_at      timestamptz not null,
  requested_by_name text not null,
  finished_at       timestamptz,
  constraint webhook_replays_status_known  check (status in ('running', 'done', 'limited')),
  constraint webhook_replays_finished_date check ((status = 'running') = (finished_at is null))
);
create unique index webhook_replays_one_running on webhook_replays (webhook_id) where status = 'running';
create index webhook_replays_list on webhook_replays (webhook_id, requested_at desc, id desc);
create index webhook_replays_by_age on webhook_replays (requested_at);
