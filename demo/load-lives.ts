import { sql } from 'kysely'
import { cancelSubscription } from '../src/features/subscriptions/cancel-subscription.ts'
import { convertTrial } from '../src/features/subscriptions/convert-trial.ts'
import { scheduleChange, setAutoRenew } from '../src/features/subscriptions/manage-renewal.ts'
import { reactivateSubscription, suspendSubscription } from '../src/features/subscriptions/suspend-subscription.ts'
import { provisionSubscriptions } from '../src/features/subscriptions/provision-subscriptions.ts'
import type { BillingPlan } from '../src/features/billing/charge.ts'
import { Refusal } from '../src/kernel/errors.ts'
import type { CustomerId, SubscriptionId } from '../src/kernel/ids.ts'
import { addDays, dayMs, daysBetween, termEnd, type Term, utcDay } from '../src/kernel/time.ts'
import type { Actor } from '../src/platform/context.ts'
import { actorOf, type Stage } from './stage.ts'
import type { Happening } from './timeline.ts'

/**
 * What people did with subscriptions so that time leaves some of them in each state: monthly ones that were not renewed are
 * expired, disabled or deleted by now; some are suspended, some canceled in their window, some have plans for their next term.
 */
export async function livesOf(stage: Stage): Promise<readonly Happening[]> {
  const living = await readLiving(stage)
  const taken = new Set<Living>()
  const take = (count: number, wanted: (one: Living) => boolean): readonly Living[] => {
    const chosen = living.filter((one) => !taken.has(one) && wanted(one)).slice(0, count)
    for (const one of chosen) taken.add(one)
    return chosen
  }
  const monthly = ({ term, kind }: Living): boolean => term === 'P1M' && kind === 'license'
  const yearly = ({ term, kind }: Living): boolean => term !== 'P1M' && kind === 'license'
  const ended = (one: Living, daysAgo: number): Happening => off(stage, one, Math.min(daysAgo, one.age - 1))
  const slow = take(2, (one) => monthly(one) && one.age > 40 && lastRenewal(stage, one) <= 6)

  return [
    ...take(3, (one) => monthly(one) && one.age > 160).map((one) => ended(one, one.age)),
    ...take(3, (one) => monthly(one) && one.age > 60).map((one) => ended(one, 75)),
    ...take(5, monthly).map((one) => ended(one, 27)),
    ...take(4, (one) => yearly(one) && one.age > 20).map((one, turn) => ended(one, 3 + turn * 4)),
    ...take(9, (one) => yearly(one) && one.age > 25).map((one, turn) => suspended(stage, one, 2 + turn * 2)),
    ...take(2, (one) => yearly(one) && one.age > 60).flatMap((one) => [
      suspended(stage, one, 40),
      acting(stage, one, 31, (actor, which) => reactivateSubscription(stage.deps, actor, which)),
    ]),
    ...take(2, (one) => monthly(one) && one.age > 40).map((one) => plan(stage, one, 36, one.quantity + 3)),
    ...take(5, (one) => yearly(one) && one.age > 20).map((one, turn) =>
      plan(stage, one, 5 + turn, one.quantity + 5 + turn),
    ),
    ...take(2, (one) => yearly(one) && one.age > 50).map((one) => canceled(stage, one, one.age - 2)),
    ...take(2, ({ kind, conversions }) => kind === 'trial' && conversions.length > 0).map((one) =>
      converted(stage, one),
    ),
    ...[6, 5, 4, 3, 2, 1].map((daysAgo) => cancelOne(stage, daysAgo)),
    ...slow.flatMap((one) => slowly(stage, one, lastRenewal(stage, one))),
  ]
}

interface Living {
  readonly customerId: CustomerId
  readonly id: SubscriptionId
  readonly providerKey: string
  readonly kind: string
  readonly quantity: number
  readonly term: Term
  readonly billingPlan: BillingPlan
  readonly productId: string
  readonly skuId: string
  readonly conversions: readonly string[]
  readonly endOn: string | null
  /** Days since it was bought. */
  readonly age: number
}

async function readLiving(stage: Stage): Promise<readonly Living[]> {
  const { rows } = await sql<Living & { readonly providerId: string; readonly createdAt: Date }>`
    select s.customer_id as "customerId", s.id, s.provider_id as "providerId", s.kind, s.quantity, s.term,
      s.billing_plan as "billingPlan", s.product_id as "productId", s.sku_id as "skuId", k.conversions, s.end_on as "endOn",
      s.created_at as "createdAt"
    from subscriptions s join skus k on k.product_id = s.product_id and k.sku_id = s.sku_id
    where s.status = 'active' and s.base_subscription_id is null
    order by md5(s.title || s.customer_id::text), s.id`.execute(stage.deps.db)
  const keys = new Map([...stage.tenants.values()].map((tenant) => [String(tenant.tenantId), tenant.key]))
  return rows.map((row) => ({
    ...row,
    providerKey: keys.get(row.providerId) ?? '',
    age: Math.floor((stage.today.getTime() - row.createdAt.getTime()) / dayMs),
  }))
}

interface Which {
  readonly customerId: CustomerId
  readonly subscriptionId: SubscriptionId
  readonly version: number
}

/** An act of one of the provider's people; what stands in its way by then leaves everything as it is. */
function acting(
  stage: Stage,
  one: Pick<Living, 'customerId' | 'id' | 'providerKey'>,
  daysAgo: number,
  act: (actor: Actor, which: Which) => Promise<unknown>,
): Happening {
  return {
    daysAgo,
    hour: 11,
    async run() {
      const { version } = await stage.deps.db
        .selectFrom('subscriptions')
        .select('version')
        .where('customer_id', '=', one.customerId)
        .where('id', '=', one.id)
        .executeTakeFirstOrThrow()
      const actor = actorOf(stage, one.providerKey, 'sales_agent')
      try {
        await act(actor, { customerId: one.customerId, subscriptionId: one.id, version })
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
      }
    },
  }
}

function off(stage: Stage, one: Living, daysAgo: number): Happening {
  return acting(stage, one, daysAgo, (actor, which) => setAutoRenew(stage.deps, actor, { ...which, autoRenew: false }))
}

function suspended(stage: Stage, one: Living, daysAgo: number): Happening {
  const reason = daysAgo % 4 === 0 ? 'customerRequest' : 'nonPayment'
  return acting(stage, one, daysAgo, (actor, which) =>
    suspendSubscription(stage.deps, actor, { ...which, reason, note: '' }),
  )
}

function canceled(stage: Stage, one: Living, daysAgo: number): Happening {
  return acting(stage, one, daysAgo, (actor, which) => cancelSubscription(stage.deps, actor, which))
}

function plan(stage: Stage, one: Living, daysAgo: number, quantity: number): Happening {
  const { productId, skuId, term, billingPlan } = one
  return acting(stage, one, daysAgo, (actor, which) =>
    scheduleChange(stage.deps, actor, { ...which, productId, skuId, term, billingPlan, quantity, endOn: null }),
  )
}

function converted(stage: Stage, one: Living): Happening {
  const [productId = '', skuId = ''] = one.conversions[0]?.split('/') ?? []
  const next = { productId, skuId, quantity: 25, term: 'P1Y', billingPlan: 'monthly' } as const
  return acting(stage, one, Math.max(one.age - 12, 0), (actor, which) =>
    convertTrial(stage.deps, actor, { ...which, ...next }),
  )
}

/** Cancels whatever has been bought or renewed of late; what was canceled more than a week ago is deleted by now. */
function cancelOne(stage: Stage, daysAgo: number): Happening {
  return {
    daysAgo,
    hour: 12,
    async run() {
      const open = await stage.deps.db
        .selectFrom('subscriptions')
        .select(['customer_id', 'id', 'provider_id'])
        .where('status', '=', 'active')
        .where('kind', '=', 'license')
        .where('provisioning_status', '=', 'success')
        .where('cancel_until', '>', stage.deps.now())
        .orderBy('cancel_until')
        .orderBy('id')
        .executeTakeFirst()
      if (!open) return
      const provider = [...stage.tenants.values()].find(({ tenantId }) => String(tenantId) === open.provider_id)
      const one = { customerId: open.customer_id as CustomerId, id: open.id as SubscriptionId }
      const by = { ...one, providerKey: provider?.key ?? '' }
      await acting(stage, by, daysAgo, (actor, which) => cancelSubscription(stage.deps, actor, which)).run()
    },
  }
}

/** How many days ago a subscription that always renews did so last. */
function lastRenewal({ today }: Stage, { endOn, term }: Living): number {
  const day = utcDay(today)
  let end = endOn ?? day
  for (let next = end; next < day; next = termEnd(addDays(next, 1), term) ?? day) end = next
  return daysBetween(end, day) - 1
}

/**
 * Its last renewal waits for a vendor that is slow: while its term begins the provider's fulfilment takes its time, and this one
 * is not done for days.
 */
function slowly(stage: Stage, { customerId, id, providerKey }: Living, daysAgo: number): readonly Happening[] {
  const { db } = stage.deps
  const providerId = String(stage.tenants.get(providerKey)?.tenantId)
  return [
    {
      daysAgo: daysAgo + 1,
      hour: 23.5,
      run: () =>
        sql`
          insert into simulated_fulfilments (provider_id, enabled, delay_minutes, failure_percent, fail_next, changed_at)
          values (${providerId}, true, 60, 0, 0, ${stage.deps.now()}) on conflict do nothing`.execute(db),
    },
    {
      daysAgo,
      hour: 0.5,
      async run() {
        await sql`delete from simulated_fulfilments where provider_id = ${providerId}`.execute(db)
        await sql`
          update provisioning_jobs set run_after = ${stage.today}::timestamptz + interval '3 days'
          where customer_id = ${customerId} and subscription_id = ${id} and action = 'renew' and status = 'queued'`.execute(
          db,
        )
        await provisionSubscriptions(stage.deps, new AbortController().signal)
      },
    },
  ]
}
