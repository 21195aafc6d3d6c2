import type { IntegrityCheck } from '../../platform/integrity.ts'

const subscription = (alias: string) =>
  `'subscription ' || ${alias}.subscription_id || ' of customer ' || ${alias}.customer_id`

/**
 * The charges that stand for all licenses of a period. What an upgrade moves is charged as `convert`, too; of those only the one
 * a subscription begins with counts.
 */
const periodCharges = `(
  select customer_id, subscription_id, type, charge_start, charge_end from (
    select c.*, rank() over (partition by c.customer_id, c.subscription_id order by c.written_at, c.type = 'convert') as place
    from charge_lines c where c.quantity > 0 and c.type in ('new', 'renew', 'cycleCharge', 'convert')) as c
  where c.type <> 'convert' or c.place = 1)`

/** The days that period charges cover, from the first to the last, for each subscription. */
const covered = `(
  select customer_id, subscription_id, max(charge_end) as until from ${periodCharges} as p group by customer_id, subscription_id)`

/** What holds for every charge, whenever it was written. */
export const chargeChecks: readonly IntegrityCheck[] = [
  {
    name: 'each period is charged once, without gaps',
    broken: `select ${subscription('p')} || ', from ' || p.charge_start as row from (
      select p.*, lag(p.charge_end) over (partition by p.customer_id, p.subscription_id order by p.charge_start, p.charge_end)
        as before from ${periodCharges} as p) as p
      where p.before is not null and p.charge_start <> p.before + 1`,
  },
  {
    name: 'a subscription is charged until the day it says',
    broken: `select 'subscription ' || s.id || ' of customer ' || s.customer_id as row from subscriptions s
      left join ${covered} as c on c.customer_id = s.customer_id and c.subscription_id = s.id
      where s.charged_until is distinct from c.until
        or (s.status in ('active', 'suspended') and s.charged_until > s.end_on)`,
  },
  {
    // All charges of a period end with it; what has no term has no periods.
    name: 'no more is given back than was charged',
    broken: `select ${subscription('c')} as row from charge_lines c
      join subscriptions s on s.customer_id = c.customer_id and s.id = c.subscription_id
      group by c.customer_id, c.subscription_id, case when s.end_on is not null then c.charge_end end
      having sum(c.quantity) < 0 or sum(c.cost_minor) < 0 or sum(c.retail_minor) < 0`,
  },
  {
    name: 'a charge has the cost and the retail of its licenses',
    broken: `select 'charge ' || c.id || ' of customer ' || c.customer_id as row from charge_lines c
      where c.quantity = 0 or c.cost_minor % c.quantity <> 0 or c.retail_minor % c.quantity <> 0
        or c.cost_minor / c.quantity < 0 or c.retail_minor / c.quantity < 0 or c.unit_cost < 0 or c.unit_retail < 0`,
  },
  {
    name: 'a charge names the reseller of record of its time',
    broken: `select 'charge ' || c.id || ' of customer ' || c.customer_id as row from charge_lines c
      left join resellers_of_record r on r.customer_id = c.customer_id and r.subscription_id = c.subscription_id
        and r.valid_from <= c.written_at and (r.valid_to is null or r.valid_to > c.written_at)
      where (c.reseller_id, c.reseller_partner_id) is distinct from (r.reseller_id, r.partner_id)`,
  },
  {
    name: 'the total of an order is that of its charges',
    broken: `select 'order ' || o.number || ' of customer ' || o.customer_id as row from orders o
      cross join lateral (
        select coalesce(sum(c.cost_minor), 0) as cost, coalesce(sum(c.retail_minor), 0) as retail from order_lines l
        join charge_lines c on c.customer_id = l.customer_id and c.subscription_id = l.subscription_id and c.type = 'new'
        where l.customer_id = o.customer_id and l.order_id = o.id) as charged
      where o.total_cost_minor <> charged.cost or o.total_retail_minor <> charged.retail`,
  },
]
