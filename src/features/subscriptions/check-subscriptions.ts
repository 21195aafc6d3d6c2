import type { IntegrityCheck } from '../../platform/integrity.ts'
import { canceledDays, disabledDays, graceDays } from './rules/life.ts'

const one = `'subscription ' || s.id || ' of customer ' || s.customer_id as row`
const isLive = `s.status in ('pending', 'active', 'suspended', 'renewing')`
/** Charged up front, by periods: as `isCharged` has it. */
const isCharged = `(s.kind not in ('trial', 'usage') and s.billing_plan <> '')`
const openPlans = `(select count(*) from scheduled_changes h
  where h.customer_id = s.customer_id and h.subscription_id = s.id and h.status = 'open')`
const midnightAfter = (day: string) => `((${day}) + 1)::timestamp at time zone 'UTC'`

/** When time next changes a subscription: as `nextStep` has it. */
const nextDueAt = `case s.status
  when 'expired' then s.state_since + interval '${graceDays * 24} hours'
  when 'disabled' then s.state_since + case s.disabled_stage when 2 then interval '${disabledDays * 24} hours'
    else interval '${graceDays * 24} hours' end
  when 'canceled' then s.state_since + interval '${canceledDays * 24} hours'
  when 'deleted' then null
  else ${midnightAfter(`case when ${isCharged} then least(s.charged_until, s.end_on) else s.end_on end`)} end`

/** What holds for every subscription, at any time. */
export const subscriptionChecks: readonly IntegrityCheck[] = [
  {
    name: 'licenses are the sum of their lots',
    broken: `select ${one} from subscriptions s where ${isLive} and s.quantity <> coalesce((select sum(l.quantity)
      from seat_lots l where l.customer_id = s.customer_id and l.subscription_id = s.id), 0)`,
  },
  {
    // A renewal that is under way waits for its fulfilment, not for a time.
    name: 'each subscription is due when its state says so',
    broken: `select ${one} from subscriptions s where s.status <> 'renewing'
      and s.next_due_at is distinct from case when s.end_on is not null or not ${isLive} then ${nextDueAt} end`,
  },
  {
    name: 'a next term is planned once, and only where one follows',
    broken: `select ${one} from subscriptions s where ${openPlans} > 1
      or (${openPlans} > 0 and not (s.status in ('active', 'renewing') and s.auto_renew))`,
  },
  {
    name: 'each subscription has one support contact',
    broken: `select ${one} from subscriptions s where 1 <> (select count(*) from support_contacts c
      where c.customer_id = s.customer_id and c.subscription_id = s.id and c.valid_to is null)`,
  },
  {
    name: 'no add-on is active without its base',
    broken: `select ${one} from subscriptions s
      join subscriptions b on b.customer_id = s.customer_id and b.id = s.base_subscription_id
      where s.status = 'active' and b.status in ('suspended', 'disabled', 'canceled', 'deleted')`,
  },
]
