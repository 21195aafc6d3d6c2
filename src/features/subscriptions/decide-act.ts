import { Refusal } from '../../kernel/errors.ts'
import { type Permission, rolesHolding } from '../../kernel/permissions.ts'
import type { Actor, Db } from '../../platform/context.ts'
import { quantityRange } from '../catalog/rules.ts'
import { readTradingParty } from '../program/queries.ts'
import { whyProviderCannotTrade } from '../program/rules.ts'
import { readNextEnds } from './alignment-peers.ts'
import { readTarget } from './catalog-target.ts'
import type { HeldSubscription } from './hold-subscription.ts'
import {
  cancel,
  changeQuantity,
  convertTrial,
  type Decision,
  reactivate,
  removeScheduledChange,
  scheduleChange,
  setAutoRenew,
  suspend,
  upgrade,
} from './rules/acts.ts'
import { type Life, nextStep } from './rules/life.ts'
import type { Act } from './wire.ts'

const rights: Readonly<Record<Exclude<Act['type'], 'changeQuantity'>, Permission>> = {
  cancel: 'subscriptions.cancel',
  suspend: 'subscriptions.suspend',
  reactivate: 'subscriptions.suspend',
  setAutoRenew: 'subscriptions.manage_renewal',
  scheduleChange: 'subscriptions.manage_renewal',
  removeScheduledChange: 'subscriptions.manage_renewal',
  convertTrial: 'subscriptions.upgrade',
  upgrade: 'subscriptions.upgrade',
}

/** The right that an act on a subscription asks for. */
export function rightFor(act: Act, { quantity }: Pick<Life, 'quantity'>): Permission {
  if (act.type !== 'changeQuantity') return rights[act.type]
  return act.quantity < quantity ? 'subscriptions.reduce' : 'subscriptions.increase'
}

/**
 * Whether the actor may do an act here at all.
 *
 * @throws Refusal accessDenied, partnershipRequired
 */
export function refuseUnentitled(actor: Actor, subscription: HeldSubscription, permission: Permission): void {
  if (!actor.permissions.has(permission))
    throw new Refusal('accessDenied', { data: rolesHolding(permission, actor.organizationKind) })
  refuseStranger(actor, subscription)
}

/**
 * A reseller changes what it manages or earns on, and only as a partner; being the support contact is not enough.
 *
 * @throws Refusal accessDenied, partnershipRequired
 */
export function refuseStranger(actor: Actor, { manages, isPartner, providerId }: HeldSubscription): void {
  if (actor.organizationKind !== 'reseller') return
  if (!manages) throw new Refusal('accessDenied')
  if (!isPartner) throw new Refusal('partnershipRequired', { data: [providerId] })
}

/**
 * Decides an act, reading of the catalog what it needs. Whatever time has to do first comes first: until it is done, which takes
 * a minute at most, acts are refused.
 *
 * @param at Of the provider's clock.
 * @throws Refusal whatever the rules answer
 */
export async function decideAct(
  db: Db,
  subscription: HeldSubscription,
  act: Act,
  at: Date,
): Promise<Exclude<Decision, { readonly refuse: unknown }>> {
  const { life } = subscription
  if (act.type === 'upgrade' || act.type === 'convertTrial') await refuseWhoMayNotSell(db, subscription)
  const decision = await decide(db, subscription, act, at)
  if (decision === 'keep') return decision
  if ('refuse' in decision) {
    const params = decision.params ?? {}
    const field = fieldOf[decision.refuse as keyof typeof fieldOf]
    const fields = field === undefined ? [] : [{ field, rule: decision.refuse, params }]
    throw new Refusal(decision.refuse, { params, fields })
  }
  const due = nextStep(life)
  if (life.status !== 'pending' && due && due.at <= at) throw new Refusal('renewalRunning')
  return decision
}

/** An upgrade and a conversion are new sales: not for a suspended provider, nor without its agreement. Source: F30, F38. */
async function refuseWhoMayNotSell(db: Db, { providerId }: HeldSubscription): Promise<void> {
  const provider = await readTradingParty(db, providerId)
  const barred = provider && whyProviderCannotTrade(provider)
  if (barred) throw new Refusal(barred)
}

const fieldOf = {
  quantityOutOfRange: 'quantity',
  reductionTooMuch: 'quantity',
  reductionWindowOver: 'quantity',
  licensesAssigned: 'quantity',
  trialFixed: 'quantity',
  usageMetered: 'quantity',
  upgradeNotPossible: 'skuId',
  offerNotAvailable: 'skuId',
  endOutsideTerm: 'endOn',
  endNotAligned: 'endOn',
} as const

async function decide(db: Db, subscription: HeldSubscription, act: Act, at: Date): Promise<Decision> {
  const { life, baseStatus, assigned } = subscription
  switch (act.type) {
    case 'changeQuantity':
      return changeQuantity(life, quantityRange(subscription), act.quantity, assigned, at)
    case 'cancel':
      return cancel(life, at)
    case 'suspend':
      return suspend(life, act.reason, act.note, at)
    case 'reactivate':
      return reactivate(life, baseStatus, at)
    case 'setAutoRenew':
      return setAutoRenew(life, act.autoRenew, at)
    case 'scheduleChange':
      return scheduleChange(
        life,
        await readTarget(db, at, subscription, act),
        act,
        { assigned, ends: act.endOn === null ? [] : await readNextEnds(db, subscription, act.term) },
        at,
      )
    case 'removeScheduledChange':
      return removeScheduledChange(life)
    case 'convertTrial':
      return convertTrial(life, await readTarget(db, at, subscription, act), act, at)
    case 'upgrade':
      return upgrade(
        life,
        await readTarget(db, at, subscription, { ...subscription, ...act }),
        act.quantity,
        subscription.minQuantity,
        at,
      )
  }
}
