import { formatMicros, wireMinor } from '../../kernel/money.ts'
import type { Actor, Db, Deps } from '../../platform/context.ts'
import { worldNow } from '../../platform/world-clock.ts'
import type { Charge } from '../billing/charge.ts'
import { cascadeOf, type Cascaded } from './cascade.ts'
import { decideAct, refuseUnentitled, rightFor } from './decide-act.ts'
import { type HeldSubscription, lookAtSubscription } from './hold-subscription.ts'
import { whatSees } from './queries.ts'
import type { Upgraded } from './rules/acts.ts'
import type { Life, Outcome } from './rules/life.ts'
import type { Act, ActPreview, PreviewAct, SeenFacts } from './wire.ts'

/**
 * What an act would come to, before anybody does it: what is charged or given back and how that is reckoned, what moves, what is
 * dropped, which add-ons go along. Nothing is stored. It is decided by the very rules that decide the act.
 *
 * @throws Refusal what the act itself would be refused with, but `stale`
 */
export async function previewAct(deps: Deps, actor: Actor, { act, ...which }: PreviewAct): Promise<ActPreview> {
  const subscription = await lookAtSubscription(deps.db, actor, which)
  refuseUnentitled(actor, subscription, rightFor(act, subscription.life))
  return toWire(actor, subscription, await foresee(deps.db, subscription, act, worldNow(deps, subscription)))
}

/** An act decided: its outcome, undefined when everything is so already, and those of the add-ons that go along. */
export interface Foreseen {
  readonly outcome: (Outcome & Partial<Upgraded>) | undefined
  readonly cascade: readonly Cascaded[]
}

/** Decides an act with all that goes along. @throws Refusal as `decideAct` */
export async function foresee(db: Db, subscription: HeldSubscription, act: Act, at: Date): Promise<Foreseen> {
  const decision = await decideAct(db, subscription, act, at)
  if (decision === 'keep') return { outcome: undefined, cascade: [] }
  return { outcome: decision, cascade: await cascadeOf(db, subscription, decision.life.status, at) }
}

/**
 * What somebody who looked at a preview relied on; sent back with the act, it is compared with what the act comes to now.
 * Instants that move with the clock are left out, and so is the price for who may not see it: nobody learns it by guessing.
 */
export function factsOf(actor: Actor, subscription: HeldSubscription, foreseen: Foreseen): SeenFacts {
  const { outcome } = foreseen
  const life = outcome?.life ?? subscription.life
  return {
    ...(whatSees(actor).retail ? { totalRetail: totalOf(chargesOf(foreseen), 'retailMinor') } : {}),
    status: life.status,
    quantity: life.quantity,
    product: life.title,
    endOn: life.endOn,
    autoRenew: life.autoRenew,
    drops: (outcome?.drops ?? []).join(' '),
    addOns: foreseen.cascade.length,
  }
}

function chargesOf({ outcome, cascade }: Foreseen): readonly Charge[] {
  return [
    ...(outcome?.charges ?? []),
    ...(outcome?.successorCharges ?? []),
    ...cascade.flatMap(({ outcome: { charges } }) => charges),
  ]
}

function toWire(actor: Actor, subscription: HeldSubscription, foreseen: Foreseen): ActPreview {
  const { outcome, cascade } = foreseen
  const { life: before } = subscription
  const after = outcome?.life ?? before
  const sees = whatSees(actor)
  const facts = factsOf(actor, subscription, foreseen)
  const charges = chargesOf(foreseen)
  return {
    version: subscription.version,
    currency: before.currency,
    changes: outcome !== undefined,
    charges: charges.map((charge) => chargeToWire(charge, sees)),
    ...(sees.retail ? { totalRetail: totalOf(charges, 'retailMinor') } : {}),
    ...(sees.cost ? { totalCost: totalOf(charges, 'costMinor') } : {}),
    before: shownOf(before),
    after: shownOf(after),
    successor: outcome?.successor
      ? { title: outcome.successor.title, quantity: outcome.successor.quantity, endOn: outcome.successor.endOn }
      : null,
    nextTerm: nextTermOf(after),
    drops: [...(outcome?.drops ?? [])],
    addOns: cascade.map(({ subscription: { id, title }, outcome: { life } }) => ({ id, title, status: life.status })),
    facts,
  }
}

function totalOf(charges: readonly Charge[], side: 'costMinor' | 'retailMinor'): number {
  return wireMinor(charges.reduce((sum, charge) => sum + charge[side], 0n))
}

function chargeToWire(charge: Charge, sees: ReturnType<typeof whatSees>): ActPreview['charges'][number] {
  const { type, quantity, chargeStart, chargeEnd, days, ofDays } = charge
  return {
    type,
    quantity,
    chargeStart,
    chargeEnd,
    days,
    ofDays,
    ...(sees.retail
      ? { unitRetail: formatMicros(charge.unitRetailMicros), retail: wireMinor(charge.retailMinor) }
      : {}),
    ...(sees.cost ? { unitCost: formatMicros(charge.unitCostMicros), cost: wireMinor(charge.costMinor) } : {}),
  }
}

function shownOf(life: Life): ActPreview['before'] {
  const { status, title, quantity, term, billingPlan, startOn, endOn, autoRenew, cancelUntil } = life
  return {
    status,
    title,
    quantity,
    term,
    billingPlan,
    startOn,
    endOn,
    autoRenew,
    cancelUntil: cancelUntil?.toISOString() ?? null,
  }
}

function nextTermOf({ scheduled }: Life): ActPreview['nextTerm'] {
  if (scheduled === null) return null
  const { title, quantity, term, billingPlan, endOn } = scheduled
  return { title, quantity, term, billingPlan, endOn }
}
