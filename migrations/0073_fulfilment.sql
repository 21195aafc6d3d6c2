-- Everything that the fulfilment of a subscription may have to do, with its retries.
alter table provisioning_jobs
  drop constraint provisioning_jobs_action_known,
  drop constraint provisioning_jobs_status_known,
  add constraint provisioning_jobs_action_known
    check (action in ('create', 'changeQuantity', 'convert', 'suspend', 'reactivate', 'cancel', 'renew', 'delete')),
  -- A failed job is tried again by itself at run_after; one that was given up only when somebody asks.
  add constraint provisioning_jobs_status_known check (status in ('queued', 'running', 'success', 'failed', 'givenUp')),
  -- Whoever took a job and does not come back, on the installation's clock.
  add column lease_until timestamptz,
  -- How the fulfilment calls what it accepted and has not finished.
  add column external_ref text,
  add constraint provisioning_jobs_leased_while_running check ((status = 'running') = (lease_until is not null));
drop index provisioning_jobs_queue;
create index provisioning_jobs_queue on provisioning_jobs (run_after) where status in ('queued', 'failed');
create index provisioning_jobs_running on provisioning_jobs (lease_until) where status = 'running';

-- How a sandbox pretends to fulfil.
create table simulated_fulfilments (
  provider_id     uuid not null primary key,
  enabled         boolean not null,
  delay_minutes   int not null,
  failure_percent int not null,
  -- So many of the coming tries fail.
  fail_next       int not null,
  -- Every try for these products fails: `product/sku`.
  failing_skus    text[] not null default '{}',
  changed_at      timestamptz not null,
  version         int not null default 1,
  constraint simulated_fulfilments_delay   check (delay_minutes between 0 and 10080),
  constraint simulated_fulfilments_percent check (failure_percent between 0 and 100),
  constraint simulated_fulfilments_next    check (fail_next between 0 and 1000)
);
