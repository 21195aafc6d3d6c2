-- The life of a subscription over time: terms that renew, charges period by period, states that end by themselves.
alter table subscriptions
  -- `start_on` is the first day of the running term. Billing periods are counted from this day, where it is another one.
  add column period_anchor_on  date,
  -- Last day that the period charges cover so far; null when nothing is charged by periods.
  add column charged_until     date,
  -- When time next changes it by itself: a period's charge, the term's end, the end of a grace. Null: never.
  add column next_due_at       timestamptz,
  -- How often its term has begun: 1 until the first renewal.
  add column term_number       int not null default 1,
  add column state_since       timestamptz not null default now(),
  -- 1: its users are out, data stays for 30 days; 2: for 90 more.
  add column disabled_stage    smallint,
  add column ended_reason      text,
  add column suspension_note   text not null default '',
  -- The promotion the running term's price came from; a renewal starts without one.
  add column promotion_id      text;
update subscriptions set state_since = changed_at;
update subscriptions set auto_renew = false where status in ('expired', 'disabled', 'canceled', 'deleted');
update subscriptions set disabled_stage = 1 where status = 'disabled';
-- What was sold before lives on from where it is charged: the sweep catches up.
update subscriptions s set charged_until = (
  select max(c.charge_end) from charge_lines c
  where c.customer_id = s.customer_id and c.subscription_id = s.id and c.quantity > 0)
where end_on is not null;
update subscriptions set next_due_at = case
  when status in ('pending', 'active', 'suspended') then (least(coalesce(charged_until, end_on), end_on) + 1)::timestamp at time zone 'UTC'
  when status = 'canceled' then state_since + interval '7 days'
  when status in ('expired', 'disabled') then state_since + interval '30 days' end;
alter table subscriptions
  add constraint subscriptions_term_number_positive check (term_number >= 1),
  add constraint subscriptions_disabled_stage       check (disabled_stage is null or status = 'disabled'),
  add constraint subscriptions_disabled_stage_known check (disabled_stage in (1, 2)),
  add constraint subscriptions_over_no_renew        check (status not in ('expired', 'disabled', 'canceled', 'deleted') or not auto_renew),
  add constraint subscriptions_ended_reason_known   check (ended_reason in ('canceled', 'expired', 'suspended', 'neverStarted', 'transferred')),
  add constraint subscriptions_suspension_reason_known
    check (suspension_reason in ('customerRequest', 'nonPayment', 'fraud', 'other', 'base'));
create index subscriptions_due on subscriptions (provider_id, next_due_at, customer_id, id)
  where next_due_at is not null and status in ('active', 'suspended', 'expired', 'disabled', 'canceled');
create index subscriptions_by_base on subscriptions (customer_id, base_subscription_id) where base_subscription_id is not null;

-- What the next term will be like instead; at most one waits.
create table scheduled_changes (
  customer_id     uuid not null,
  subscription_id uuid not null,
  id              uuid not null,
  status          text not null,
  product_id      text not null,
  sku_id          text not null,
  title           text not null,
  quantity        int not null,
  term            text not null,
  billing_plan    text not null,
  -- Last day of the next term when it is to end with another subscription or a month; null for the whole term.
  end_on          date,
  created_at      timestamptz not null,
  created_by      uuid not null,
  created_by_name text not null,
  closed_at       timestamptz,
  primary key (customer_id, subscription_id, id),
  constraint scheduled_changes_status_known      check (status in ('open', 'executed', 'failed', 'dropped', 'removed')),
  constraint scheduled_changes_quantity_positive check (quantity > 0),
  constraint scheduled_changes_closed_date       check ((status = 'open') = (closed_at is null))
);
create unique index scheduled_changes_one_open on scheduled_changes (customer_id, subscription_id) where status = 'open';

-- One charge for each subscription and period, whoever writes it and however often.
create unique index charge_lines_one_per_period
  on charge_lines (customer_id, subscription_id, charge_start) where type in ('new', 'renew', 'cycleCharge');

alter table provisioning_jobs
  drop constraint provisioning_jobs_action_known,
  add constraint provisioning_jobs_action_known
    check (action in ('create', 'changeQuantity', 'convert', 'suspend', 'reactivate', 'cancel', 'renew', 'delete'));
