import { addDays, termEnd } from '../../../kernel/time.ts'
import { chargeForPeriod } from '../../billing/charge.ts'
import { trialQuantity } from '../../catalog/rules.ts'
import { windowEnd } from '../rules.ts'
import { becomePaid, renewedLots, type Target } from './acts.ts'
import { chargedAs, type Life, nextStep, type Outcome, type Step } from './life.ts'

/* What time does to a subscription by itself. Each function takes it as it stands and the instant its clock shows. */

/** What the catalog says at the end of a term about the product the next one is for; undefined when it has no price any more. */
export type NextProduct = Pick<Target, 'productId' | 'skuId' | 'title' | 'kind' | 'incentiveEligible'> & {
  readonly price: NonNullable<Target['price']>
}

/** What time did: the step that was taken, and its outcome. */
export interface Taken extends Outcome {
  readonly step: Step
  /** What was planned for the next term could not be done, and the term went on as it was. */
  readonly scheduleFailed: boolean
}

/**
 * Takes the next step, if its time has come by `at`; undefined when not. Called again until nothing is due, it brings a
 * subscription to any instant.
 *
 * @param next For the end of a term with auto-renew: the product of the scheduled change, else its own (for a trial: the first
 *   product the catalog converts it to, yearly with monthly billing).
 * @param own The subscription's own product, in case the planned one is not to be had.
 */
export function takeStep(
  life: Life,
  next: NextProduct | undefined,
  own: NextProduct | undefined,
  at: Date,
): Taken | undefined {
  const due = nextStep(life)
  if (!due || due.at > at || life.status === 'pending') return undefined
  switch (due.step) {
    case 'charge':
      return { step: 'charge', scheduleFailed: false, ...chargePeriod(life) }
    case 'renew':
      return takeRenewal(life, next, own, at)
    case 'convert':
      return takeConversion(life, next, at)
    case 'expire':
      return quiet('expire', { ...life, status: 'expired', stateSince: at, endedReason: 'expired', scheduled: null })
    case 'disable':
      return quiet('disable', {
        ...life,
        status: 'disabled',
        disabledStage: 1,
        stateSince: at,
        endedReason: 'suspended',
        scheduled: null,
      })
    case 'disableFurther':
      return quiet(
        'disableFurther',
        { ...life, status: 'disabled', disabledStage: 2, stateSince: at },
        life.status === 'expired' ? 'suspend' : null,
      )
    case 'delete':
      return quiet('delete', { ...life, status: 'deleted', disabledStage: null, stateSince: at }, 'delete')
  }
}

function quiet(step: Step, life: Life, job: Outcome['job'] = null): Taken {
  return { step, life, charges: [], drops: [], job, scheduleFailed: false }
}

/** The charge of the period that begins now. Suspended subscriptions are charged as well. Source: F137, F146. */
function chargePeriod(life: Life): Outcome {
  const day = addDays(life.chargedUntil ?? life.startOn, 1)
  const charge = chargeForPeriod('cycleCharge', chargedAs(life), life.quantity, day)
  return {
    life: { ...life, chargedUntil: charge?.chargeEnd ?? life.endOn },
    charges: charge ? [charge] : [],
    drops: [],
    job: null,
  }
}

function takeRenewal(life: Life, next: NextProduct | undefined, own: NextProduct | undefined, at: Date): Taken {
  const scheduleFailed = life.scheduled !== null && next === undefined
  const product = next ?? own ?? asItIs(life)
  return { step: 'renew', scheduleFailed, ...renew(life, product, scheduleFailed ? null : life.scheduled, at) }
}

/** At the end of sale and of its price, a subscription goes on at the price it has. Source: F173. */
function asItIs(life: Life): NextProduct {
  const { productId, skuId, title, kind, incentiveEligible, unitCostMicros, unitRetailMicros } = life
  return { productId, skuId, title, kind, incentiveEligible, price: { unitCostMicros, unitRetailMicros } }
}

/**
 * Begins the next term, the day after the last one ended, at the price of now; the window to cancel or reduce begins when this
 * happens. Source: F140, F174, invariants 28 and 38.
 */
function renew(life: Life, product: NextProduct, change: Life['scheduled'], at: Date): Outcome {
  const startOn = addDays(life.endOn ?? life.startOn, 1)
  const { quantity, term, billingPlan } = change ?? life
  const { price, ...what } = product
  const renewed: Life = {
    ...life,
    ...what,
    ...price,
    status: 'active',
    stateSince: at,
    quantity,
    lots: renewedLots(life.lots, quantity, 'renewal', at),
    term,
    billingPlan,
    startOn,
    endOn: change?.endOn ?? termEnd(startOn, term) ?? null,
    termNumber: life.termNumber + 1,
    anchorOn: startOn,
    cancelUntil: windowEnd(at),
    scheduled: null,
  }
  const charge = chargeForPeriod('renew', chargedAs(renewed), quantity, startOn)
  return {
    life: { ...renewed, chargedUntil: charge?.chargeEnd ?? null },
    charges: charge ? [charge] : [],
    drops: [],
    job: 'renew',
  }
}

/** A trial becomes what it was planned to be, else its paid equivalent; without one it ends. Source: F159, F161. */
function takeConversion(life: Life, next: NextProduct | undefined, at: Date): Taken {
  if (!next) {
    return {
      ...quiet('expire', {
        ...life,
        status: 'expired',
        stateSince: at,
        endedReason: 'expired',
        autoRenew: false,
        scheduled: null,
      }),
      scheduleFailed: life.scheduled !== null,
    }
  }
  const { price, ...target } = next
  const startOn = addDays(life.endOn ?? life.startOn, 1)
  const wanted = life.scheduled ?? trialEquivalent
  const endOn = life.scheduled?.endOn ?? null
  return {
    step: 'convert',
    scheduleFailed: false,
    ...becomePaid(life, target, price, wanted, startOn, endOn, at),
    drops: [],
  }
}

/** What a trial becomes by itself. */
export const trialEquivalent = { quantity: trialQuantity, term: 'P1Y', billingPlan: 'monthly' } as const
