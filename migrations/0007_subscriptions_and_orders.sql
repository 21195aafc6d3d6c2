-- What customers bought. An order is written with its lines, subscriptions and licences in one statement, or not at all.
create table orders (
  customer_id         uuid not null,
  id                  uuid not null,
  number              text not null,
  provider_id         uuid not null,
  -- The reseller chosen for the whole order when its lines agree; null when none, or when lines differ.
  reseller_id         uuid,
  currency            text not null,
  total_cost_minor    bigint not null,
  total_retail_minor  bigint not null,
  attestation_version text not null,
  attested_as         text not null,
  status              text not null,
  submitted_by        uuid not null,
  submitted_by_name   text not null,
  submitted_at        timestamptz not null,
  request_id          text,
  primary key (customer_id, id),
  constraint orders_status_known      check (status in ('received', 'validated', 'completed', 'failed')),
  constraint orders_attested_as_known check (attested_as in ('indirect', 'direct', 'mixed')),
  constraint orders_totals            check (total_cost_minor >= 0 and total_retail_minor >= 0)
);
create index orders_by_provider on orders (provider_id, submitted_at desc, id desc);
create index orders_by_number on orders (number);

create table order_lines (
  customer_id         uuid not null,
  order_id            uuid not null,
  line_number         int not null,
  transaction_type    text not null,
  subscription_id     uuid not null,
  product_id          text not null,
  sku_id              text not null,
  title               text not null,
  quantity            int not null,
  term                text not null,
  billing_plan        text not null,
  friendly_name       text not null default '',
  unit_cost           numeric(18, 6) not null,
  unit_retail         numeric(18, 6) not null,
  total_cost_minor    bigint not null,
  total_retail_minor  bigint not null,
  reseller_id         uuid,
  reseller_partner_id text,
  primary key (customer_id, order_id, line_number),
  constraint order_lines_quantity_positive check (quantity > 0),
  constraint order_lines_type_known        check (transaction_type in ('new', 'upgrade', 'renew', 'convert', 'add')),
  constraint order_lines_reseller_has_id   check ((reseller_id is null) = (reseller_partner_id is null))
);

create table subscriptions (
  customer_id          uuid not null,
  id                   uuid not null,
  provider_id          uuid not null,
  order_id             uuid not null,
  line_number          int not null,
  product_id           text not null,
  sku_id               text not null,
  title                text not null,
  kind                 text not null,
  friendly_name        text not null default '',
  quantity             int not null,
  term                 text not null,
  billing_plan         text not null,
  segment              text not null,
  status               text not null,
  suspension_reason    text,
  provisioning_status  text not null,
  start_on             date not null,
  -- Last day of the term, inclusive; null for products without a term.
  end_on               date,
  auto_renew           boolean not null,
  cancel_until         timestamptz,
  base_subscription_id uuid,
  upgraded_from_id     uuid,
  currency             text not null,
  unit_cost            numeric(18, 6) not null,
  unit_retail          numeric(18, 6) not null,
  incentive_eligible   boolean not null,
  created_at           timestamptz not null,
  changed_at           timestamptz not null,
  version              int not null default 1,
  primary key (customer_id, id),
  constraint subscriptions_order_line        unique (customer_id, order_id, line_number, id),
  constraint subscriptions_kind_known        check (kind in ('license', 'addon', 'trial', 'usage', 'software')),
  constraint subscriptions_quantity_positive check (quantity > 0),
  constraint subscriptions_status_known
    check (status in ('pending', 'active', 'suspended', 'renewing', 'expired', 'disabled', 'canceled', 'deleted')),
  constraint subscriptions_provisioning_known check (provisioning_status in ('pending', 'success', 'failed')),
  constraint subscriptions_suspended_no_renew check (status <> 'suspended' or not auto_renew),
  constraint subscriptions_trial_quantity     check (kind <> 'trial' or quantity = 25),
  constraint subscriptions_term_order         check (end_on is null or end_on >= start_on)
);
create index subscriptions_by_provider on subscriptions (provider_id, created_at desc, id desc);
create index subscriptions_ending on subscriptions (end_on, provider_id) where status in ('active', 'suspended');

-- Licences by the time they were added: each lot may be reduced within its own window.
create table seat_lots (
  customer_id     uuid not null,
  subscription_id uuid not null,
  id              uuid not null,
  quantity        int not null,
  source          text not null,
  added_at        timestamptz not null,
  reducible_until timestamptz not null,
  primary key (customer_id, subscription_id, id),
  constraint seat_lots_not_negative check (quantity >= 0),
  constraint seat_lots_source_known check (source in ('purchase', 'add', 'renewal', 'convert', 'move'))
);

-- Who earns the incentive, and since when. Past intervals never change.
create table resellers_of_record (
  customer_id         uuid not null,
  subscription_id     uuid not null,
  id                  uuid not null,
  reseller_id         uuid not null,
  location_account_id uuid not null,
  partner_id          text not null,
  reseller_name       text not null,
  valid_from          timestamptz not null,
  valid_to            timestamptz,
  set_by              uuid not null,
  set_by_name         text not null,
  primary key (customer_id, subscription_id, id),
  constraint resellers_of_record_interval check (valid_to is null or valid_to >= valid_from)
);
create unique index resellers_of_record_one_valid
  on resellers_of_record (customer_id, subscription_id) where valid_to is null;
create index resellers_of_record_by_reseller on resellers_of_record (reseller_id, customer_id) where valid_to is null;

-- Who supports the subscription, and since when; exactly one at a time, the provider until it says otherwise.
create table support_contacts (
  customer_id     uuid not null,
  subscription_id uuid not null,
  id              uuid not null,
  partner_id      uuid not null,
  name            text not null,
  email           text not null,
  phone           text not null,
  website         text not null,
  valid_from      timestamptz not null,
  valid_to        timestamptz,
  set_by          uuid not null,
  set_by_name     text not null,
  primary key (customer_id, subscription_id, id),
  constraint support_contacts_interval check (valid_to is null or valid_to >= valid_from)
);
create unique index support_contacts_one_valid on support_contacts (customer_id, subscription_id) where valid_to is null;
create index support_contacts_by_partner on support_contacts (partner_id, customer_id) where valid_to is null;

-- A usage-based service has owners of its own; the provider notes here that the reseller was made one over there.
create table service_owner_grants (
  customer_id     uuid not null,
  subscription_id uuid not null,
  reseller_id     uuid not null,
  confirmed_at    timestamptz not null,
  confirmed_by    uuid not null,
  confirmed_by_name text not null,
  primary key (customer_id, subscription_id, reseller_id)
);

-- Append-only: a correction is a new line. Cost is the provider's side, retail the reseller's and customer's.
create table charge_lines (
  customer_id         uuid not null,
  id                  uuid not null,
  subscription_id     uuid not null,
  provider_id         uuid not null,
  order_id            uuid,
  type                text not null,
  quantity            int not null,
  charge_start        date not null,
  charge_end          date not null,
  unit_cost           numeric(18, 6) not null,
  unit_retail         numeric(18, 6) not null,
  cost_minor          bigint not null,
  retail_minor        bigint not null,
  currency            text not null,
  reseller_id         uuid,
  reseller_partner_id text,
  written_at          timestamptz not null,
  primary key (customer_id, id),
  constraint charge_lines_type_known
    check (type in ('new', 'renew', 'cycleCharge', 'addQuantity', 'removeQuantity', 'cancelImmediate', 'convert')),
  constraint charge_lines_period check (charge_end >= charge_start)
);
create index charge_lines_by_provider on charge_lines (provider_id, written_at desc, id desc);
create index charge_lines_by_subscription on charge_lines (customer_id, subscription_id, written_at);
revoke update, delete, truncate on charge_lines from current_user;

-- Work for the fulfilment of a subscription, done by a job after the order is acknowledged.
create table provisioning_jobs (
  customer_id     uuid not null,
  id              uuid not null,
  subscription_id uuid not null,
  order_id        uuid,
  action          text not null,
  quantity        int not null,
  status          text not null,
  attempts        int not null default 0,
  last_error      text,
  run_after       timestamptz not null,
  created_at      timestamptz not null,
  finished_at     timestamptz,
  primary key (customer_id, id),
  constraint provisioning_jobs_action_known check (action in ('create', 'changeQuantity', 'convert')),
  constraint provisioning_jobs_status_known check (status in ('queued', 'success', 'failed', 'givenUp'))
);
create index provisioning_jobs_queue on provisioning_jobs (run_after) where status = 'queued';
create index provisioning_jobs_by_subscription on provisioning_jobs (customer_id, subscription_id);
