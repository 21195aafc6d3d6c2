-- What an organization should know or do. A user sees those of its organization that address one of its roles.
create table notifications (
  id              uuid primary key,
  organization_id uuid not null,
  audience_roles  text[] not null,
  class           text not null,
  kind            text not null,
  -- Values for the sentence `notifications.<kind>` in the reader's language; names and numbers only, never secrets.
  params          jsonb not null,
  link            text not null,
  due_on          date,
  created_at      timestamptz not null,
  completed_at    timestamptz,
  constraint notifications_class_known check (class in ('mandatory', 'recommended', 'transactional', 'promotional'))
);
create index notifications_by_organization on notifications (organization_id, created_at desc, id desc);

create table notification_states (
  user_id         uuid not null,
  notification_id uuid not null references notifications (id),
  read_at         timestamptz,
  archived_at     timestamptz,
  primary key (user_id, notification_id)
);
