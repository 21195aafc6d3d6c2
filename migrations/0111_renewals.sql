-- What the end of a subscription's term brings, as it stands now; null where no term ends. Lists of what lies ahead seek by it.
alter table subscriptions add column renewal_outcome text generated always as (
  case
    when end_on is null or status not in ('pending', 'active', 'suspended', 'renewing') then null
    when provisioning_status = 'failed' then 'fails'
    when status = 'suspended' then 'suspended'
    when kind = 'trial' then case when auto_renew then 'converts' else 'trialEnds' end
    when auto_renew then 'renews'
    else 'expires'
  end) stored;
create index subscriptions_renewals on subscriptions (provider_id, renewal_outcome, end_on, customer_id, id)
  where renewal_outcome is not null;

-- That people were reminded of a term's end, so many days ahead: once.
create table renewal_reminders (
  customer_id     uuid not null,
  subscription_id uuid not null,
  end_on          date not null,
  days_before     int not null,
  provider_id     uuid not null,
  -- On the clock of the provider's world.
  reminded_on     date not null,
  primary key (customer_id, subscription_id, end_on, days_before)
);
create index renewal_reminders_by_day on renewal_reminders (provider_id, reminded_on);

-- The last day of a provider's world on which everybody was reminded; held while the next one is done.
create table reminder_days (
  provider_id uuid primary key,
  done_on     date not null
);
