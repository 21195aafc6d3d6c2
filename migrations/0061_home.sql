-- Steps of the setup checklist that no other row tells: that somebody of the organization looked at something.
create table setup_marks (
  organization_id uuid not null,
  step            text not null,
  done_at         timestamptz not null,
  done_by         uuid not null,
  done_by_name    text not null,
  primary key (organization_id, step),
  constraint setup_marks_step_known check (step in ('profile'))
);

-- The home page counts and lists them; there are few.
create index subscriptions_failed on subscriptions (provider_id, customer_id, id) where provisioning_status = 'failed';
