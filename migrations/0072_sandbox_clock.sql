-- A provider that has sold something stays in the world it sold in: its orders, charges and their dates would mean something else.
create function organizations_keep_world() returns trigger language plpgsql as $$
begin
  if exists (select from orders where provider_id = new.id) then
    raise exception 'The world of a provider with orders stays what it is.' using errcode = 'check_violation',
      constraint = 'organizations_world_stays';
  end if;
  return new;
end $$;
create trigger organizations_world_stays before update of world on organizations
  for each row when (old.world is distinct from new.world) execute function organizations_keep_world();

-- Each time somebody has a sandbox's clock moved: a sweep does it, and carries on here after an end in the middle.
create table clock_runs (
  provider_id       uuid not null,
  id                uuid not null,
  status            text not null,
  from_at           timestamptz not null,
  to_at             timestamptz not null,
  reached_at        timestamptz not null,
  -- How often each act was done.
  counts            jsonb not null default '{}',
  error             text,
  stop_asked        boolean not null default false,
  requested_by      uuid not null,
  requested_by_name text not null,
  -- On the installation's clock.
  created_at        timestamptz not null,
  ended_at          timestamptz,
  primary key (provider_id, id),
  constraint clock_runs_status_known  check (status in ('waiting', 'running', 'done', 'stopped', 'failed')),
  constraint clock_runs_forward       check (to_at >= from_at),
  constraint clock_runs_ended         check ((status in ('done', 'stopped', 'failed')) = (ended_at is not null))
);
create unique index clock_runs_one_open on clock_runs (provider_id) where ended_at is null;
create index clock_runs_newest on clock_runs (provider_id, created_at desc, id desc);
