-- A customer's people and the licenses they hold. People are users of the customer; deleting one starts 30 days in which it can
-- be restored, so what it was called and might do is kept beside the free name for that long, and no longer.
alter table users
  add column usage_location  text references countries (code),
  add column former_username text collate "C",
  add column former_email    text collate "C",
  add column former_roles    text[],
  add constraint users_former_only_deleted
    check (former_username is null or (status = 'deleted' and former_email is not null and former_roles is not null));
create index users_restorable on users (organization_id, deleted_at desc, id) where former_username is not null;
create index users_to_remove on users (deleted_at) where former_username is not null;

-- The services that come with a product, each of which may be switched off for a user. Kanal's own small catalog: the vendor's
-- files carry none.
create table sku_service_plans (
  product_id text not null,
  sku_id     text not null,
  plan_id    text collate "C" not null,
  name       text not null,
  primary key (product_id, sku_id, plan_id)
);

-- Who holds which license of which product, whichever subscriptions it was bought in. Service plans are on unless named here.
create table license_assignments (
  customer_id      uuid not null,
  user_id          uuid not null references users (id),
  product_id       text not null,
  sku_id           text not null,
  off_plans        text[] not null default '{}',
  assigned_at      timestamptz not null,
  assigned_by      uuid not null,
  assigned_by_name text not null,
  primary key (customer_id, user_id, product_id, sku_id)
);
create index license_assignments_by_product on license_assignments (customer_id, product_id, sku_id);

-- How many licenses of a product are taken. The row is also what everybody locks who takes one or makes them fewer.
create table license_pools (
  customer_id uuid not null,
  product_id  text not null,
  sku_id      text not null,
  assigned    int not null,
  primary key (customer_id, product_id, sku_id),
  constraint license_pools_not_negative check (assigned >= 0)
);

-- Counts, and lets nobody take a license that is not there, whatever program writes: the pool's row is locked first, so what the
-- subscriptions hold is read when no other can take the same license any more. Licenses that a suspended or ended subscription
-- leaves uncovered stay assigned; only new ones are refused.
create function count_license() returns trigger language plpgsql as $$
declare
  taken int;
  owned bigint;
begin
  if tg_op <> 'INSERT' then
    update license_pools set assigned = assigned - 1
    where customer_id = old.customer_id and product_id = old.product_id and sku_id = old.sku_id;
  end if;
  if tg_op <> 'DELETE' then
    insert into license_pools as pool (customer_id, product_id, sku_id, assigned)
    values (new.customer_id, new.product_id, new.sku_id, 1)
    on conflict (customer_id, product_id, sku_id) do update set assigned = pool.assigned + 1
    returning assigned into taken;
    select coalesce(sum(quantity), 0) into owned from subscriptions
    where customer_id = new.customer_id and product_id = new.product_id and sku_id = new.sku_id
      and status in ('active', 'renewing', 'expired') and kind in ('license', 'addon', 'trial');
    if taken > owned then
      raise exception 'license % of % assigned, % owned', taken, new.product_id || '/' || new.sku_id, owned
        using errcode = 'check_violation', constraint = 'license_assignments_within_owned', table = 'license_assignments';
    end if;
  end if;
  return null;
end $$;
create trigger license_assignments_counted
  after insert or delete or update of product_id, sku_id on license_assignments
  for each row execute function count_license();

create index subscriptions_by_product on subscriptions (customer_id, product_id, sku_id);

-- A list of people that somebody sent for a customer: checked as a whole, then created row by row. It holds no password, ever.
create table user_uploads (
  customer_id     uuid not null,
  id              uuid not null,
  file_name       text not null,
  language        text not null,
  status          text not null,
  row_count       int not null,
  licenses        jsonb not null default '[]',
  created_by      uuid not null,
  created_by_name text not null,
  created_at      timestamptz not null,
  saved_at        timestamptz,
  finished_at     timestamptz,
  -- Why the work was given up before its end, a name of a refusal.
  stopped_because text,
  primary key (customer_id, id),
  constraint user_uploads_status_known check (status in ('checked', 'running', 'done', 'stopped'))
);
create index user_uploads_by_age on user_uploads (created_at);

create table user_upload_rows (
  customer_id    uuid not null,
  upload_id      uuid not null,
  line           int not null,
  username       text collate "C" not null,
  first_name     text not null,
  last_name      text not null,
  display_name   text not null,
  usage_location text not null,
  state          text not null default 'waiting',
  user_id        uuid,
  -- Names of refusals: why nobody was created, or which licenses could not be given.
  problem        text,
  license_problems jsonb not null default '[]',
  primary key (customer_id, upload_id, line),
  foreign key (customer_id, upload_id) references user_uploads (customer_id, id) on delete cascade,
  constraint user_upload_rows_state_known check (state in ('waiting', 'created', 'refused')),
  constraint user_upload_rows_created     check ((state = 'created') = (user_id is not null)),
  constraint user_upload_rows_refused     check ((state = 'refused') = (problem is not null))
);
