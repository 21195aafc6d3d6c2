-- A provider's world is production, where the clock is everybody's, or a sandbox, whose clock can be moved forward.
alter table organizations
  add column world text not null default 'production',
  -- How far the world's clock is ahead of the installation's.
  add column clock_offset_ms bigint not null default 0,
  add constraint organizations_world_known           check (world in ('production', 'sandbox')),
  add constraint organizations_sandbox_is_a_provider check (world = 'production' or kind = 'provider'),
  add constraint organizations_clock_only_forward    check (clock_offset_ms >= 0),
  add constraint organizations_production_clock      check (world = 'sandbox' or clock_offset_ms = 0);
