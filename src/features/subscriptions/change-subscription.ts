import { Refusal } from '../../kernel/errors.ts'
import type { OrganizationId } from '../../kernel/ids.ts'
import { type Permission, rolesHolding } from '../../kernel/permissions.ts'
import type { Actor, Deps, Tx } from '../../platform/context.ts'
import { write } from '../../platform/write.ts'
import { worldNow } from '../../platform/world-clock.ts'
import { record } from '../audit/record.ts'
import { isOwnCustomer } from '../customers/rules.ts'
import { notify } from '../notifications/notify.ts'
import {
  requireActivePartnership,
  requireResellersByPartnerId,
  type UsablePartnership,
} from '../partnerships/queries.ts'
import { type HeldSubscription, holdSubscription } from './hold-subscription.ts'
import { refuseOtherwise, refuseStale, stored } from './act-on-subscription.ts'
import { decideAct, refuseStranger, refuseUnentitled, rightFor } from './decide-act.ts'
import { holdPool } from './license-pools.ts'
import { factsOf } from './preview-act.ts'
import type { Outcome } from './rules/life.ts'
import { provisioningSweep, type SubscriptionAction, whyNot } from './rules.ts'
import { storeOutcomes } from './store/outcomes.ts'
import { type NewReseller, putReseller, putSupportContact, updateSubscription } from './store/subscription.ts'
import type { ChangedSubscription, ChangeSubscription } from './wire.ts'

type Changed = ChangedSubscription['changed'][number]

/** What will be stored; a field is missing where nothing changes. */
interface Changes {
  readonly licenses?: Outcome
  readonly friendlyName?: string
  readonly reseller?: NewReseller | null
  readonly supportContactId?: NonNullable<ChangeSubscription['supportContactId']>
}

/**
 * Changes a subscription's data, all in one: licenses up to a number, friendly name, Reseller (MPN ID), designated support
 * contact. One audit record for all of it; values that are so already are no change, and a change of nothing stores nothing.
 *
 * More licenses are charged for the rest of the running billing period, fewer are given back while their window is open. A new
 * reseller of record counts from now on: what was charged before keeps the old one.
 *
 * @throws Refusal notFound, accessDenied, stale, previewStale; subscriptionNotActive, suspendedNoChange, renewalRunning,
 *   trialFixed, reductionWindowOver, reductionTooMuch, licensesAssigned, quantityOutOfRange; partnershipRequired, resellerAgreementMissing, globalIdUsed, wrongLocationId, ownCustomer and the like.
 */
export async function changeSubscription(
  deps: Deps,
  actor: Actor,
  input: ChangeSubscription,
): Promise<ChangedSubscription> {
  const { result } = await write(deps, actor, (tx) => changeIn(tx, deps, actor, input))
  if (result.changed.includes('quantity')) deps.nudge(provisioningSweep)
  return result
}

/** As `changeSubscription`, within a transaction; afterwards provisioning wants to be nudged. */
export async function changeIn(
  tx: Tx,
  deps: Deps,
  actor: Actor,
  input: ChangeSubscription,
): Promise<ChangedSubscription> {
  refuseMissingRights(actor, input)
  const subscription = await holdSubscription(tx, actor, input)
  refuseStranger(actor, subscription)
  const at = worldNow(deps, subscription)
  const changes = await decide(tx, actor, subscription, input, at)
  const changed = namesOf(changes)
  if (changed.length === 0) return { id: subscription.id, version: subscription.version, changed }
  await refuseStale(tx, actor, subscription, input.version)
  if (changes.licenses)
    refuseOtherwise(input.seen, factsOf(actor, subscription, { outcome: changes.licenses, cascade: [] }))

  const contact = await store(tx, actor, at, subscription, changes)
  await tell(tx, actor, at, subscription, changes, contact)
  return { id: subscription.id, version: subscription.version + 1, changed }
}

const rights: Readonly<Partial<Record<keyof ChangeSubscription, Permission>>> = {
  friendlyName: 'subscriptions.rename',
  resellerPartnerId: 'subscriptions.set_reseller',
  supportContactId: 'subscriptions.set_support_contact',
}

function refuseMissingRights(actor: Actor, input: ChangeSubscription): void {
  for (const [field, permission] of Object.entries(rights)) {
    if (input[field as keyof ChangeSubscription] === undefined || actor.permissions.has(permission)) continue
    throw new Refusal('accessDenied', { data: rolesHolding(permission, actor.organizationKind) })
  }
}

async function decide(
  tx: Tx,
  actor: Actor,
  subscription: HeldSubscription,
  input: ChangeSubscription,
  at: Date,
): Promise<Changes> {
  const { friendlyName, resellerPartnerId, supportContactId } = input
  return {
    ...(await decideLicenses(tx, actor, subscription, input.quantity, at)),
    ...(friendlyName === undefined || friendlyName === subscription.friendlyName
      ? {}
      : (refuseUnless('rename', subscription), { friendlyName })),
    ...(await decideReseller(tx, subscription, resellerPartnerId)),
    ...(await decideSupportContact(tx, subscription, supportContactId)),
  }
}

async function decideLicenses(
  tx: Tx,
  actor: Actor,
  subscription: HeldSubscription,
  quantity: number | undefined,
  at: Date,
): Promise<Changes> {
  if (quantity === undefined) return {}
  const act = { type: 'changeQuantity', quantity } as const
  refuseUnentitled(actor, subscription, rightFor(act, subscription.life))
  const isFewer = quantity < subscription.quantity
  const decision = await decideAct(tx, isFewer ? await withPoolHeld(tx, subscription) : subscription, act, at)
  return decision === 'keep' ? {} : { licenses: decision }
}

/** Nobody takes a license from here on, so that fewer of them are never fewer than are held. */
async function withPoolHeld(tx: Tx, subscription: HeldSubscription): Promise<HeldSubscription> {
  const { owned, assigned } = await holdPool(tx, subscription)
  return { ...subscription, assigned: Math.max(0, assigned - (owned - subscription.quantity)) }
}

async function decideReseller(
  tx: Tx,
  subscription: HeldSubscription,
  partnerId: string | null | undefined,
): Promise<Changes> {
  if (partnerId === undefined || partnerId === (subscription.reseller?.partnerId ?? null)) return {}
  refuseUnless('setReseller', subscription)
  if (partnerId === null) return { reseller: null }
  const party = await atField('resellerPartnerId', requireOtherReseller(tx, subscription, partnerId))
  return {
    reseller: {
      id: party.organizationId,
      name: party.name,
      partnerId: party.location.partnerId,
      locationAccountId: party.location.id,
    },
  }
}

/** The reseller a partner id stands for. A company does not resell to itself: invariant 13. */
async function requireOtherReseller(
  tx: Tx,
  { providerId, country, customerDomain: domain, registrationNumber }: HeldSubscription,
  partnerId: string,
): Promise<UsablePartnership['reseller']> {
  const found = await requireResellersByPartnerId(tx, providerId, [partnerId])
  const party = found.get(partnerId)?.reseller
  if (!party) throw new Error(`Partner id ${partnerId} passed its rules without its facts.`)
  if (isOwnCustomer({ country, domain, registrationNumber }, [party]))
    throw new Refusal('ownCustomer', { data: [partnerId] })
  return party
}

async function decideSupportContact(
  tx: Tx,
  subscription: HeldSubscription,
  id: ChangeSubscription['supportContactId'],
): Promise<Changes> {
  if (id === undefined || id === subscription.supportContact.id) return {}
  refuseUnless('setSupportContact', subscription)
  if (id !== subscription.providerId)
    await atField('supportContactId', requireActivePartnership(tx, subscription.providerId, id))
  return { supportContactId: id }
}

function refuseUnless(action: SubscriptionAction, subscription: HeldSubscription): void {
  const barred = whyNot(action, subscription)
  if (barred) throw new Refusal(barred)
}

/** Puts a refusal next to the field it is about. */
async function atField<Result>(field: string, asked: Promise<Result>): Promise<Result> {
  try {
    return await asked
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { params = {} } = error.detail
    throw new Refusal(error.reason, { ...error.detail, fields: [{ field, rule: error.reason, params }] })
  }
}

function namesOf(changes: Changes): Changed[] {
  return [
    ...(changes.licenses === undefined ? [] : (['quantity'] as const)),
    ...(changes.friendlyName === undefined ? [] : (['friendlyName'] as const)),
    ...(changes.reseller === undefined ? [] : (['reseller'] as const)),
    ...(changes.supportContactId === undefined ? [] : (['supportContact'] as const)),
  ]
}

/** @returns the name of the new support contact, if there is one. */
async function store(
  tx: Tx,
  actor: Actor,
  at: Date,
  subscription: HeldSubscription,
  changes: Changes,
): Promise<string | undefined> {
  const { licenses, friendlyName, reseller, supportContactId } = changes
  // First the reseller: licenses that are added together with it are charged with its id.
  if (reseller !== undefined) await putReseller(tx, actor, at, subscription, reseller)
  if (licenses) {
    const of = { ...subscription, reseller: reseller === undefined ? subscription.reseller : reseller }
    await storeOutcomes(tx, at, [stored(of, licenses, subscription.life)])
  }
  if (friendlyName !== undefined || !licenses)
    await updateSubscription(tx, at, subscription, {
      ...(friendlyName === undefined ? {} : { friendlyName }),
      countsVersion: !licenses,
    })
  return supportContactId && (await putSupportContact(tx, actor, at, subscription, supportContactId)).name
}

/** The one reseller a change is about. Of several, none is shown the others, so the change is noted as nobody's. */
function onlyReseller(
  { reseller: former, supportContact, providerId }: HeldSubscription,
  changes: Changes,
): OrganizationId | undefined {
  const { reseller, supportContactId } = changes
  const named = new Set<OrganizationId>([
    ...(reseller === undefined ? [] : [former?.id, reseller?.id].filter((id) => id !== undefined)),
    ...(supportContactId === undefined ? [] : [supportContact.id, supportContactId].filter((id) => id !== providerId)),
  ])
  if (reseller === undefined && supportContactId === undefined) return former?.id
  return named.size === 1 ? [...named][0] : undefined
}

/** Records the change once, and tells those it concerns. */
async function tell(
  tx: Tx,
  actor: Actor,
  at: Date,
  subscription: HeldSubscription,
  changes: Changes,
  contact: string | undefined,
): Promise<void> {
  const { licenses, friendlyName, reseller, supportContactId } = changes
  const named = ({ name, partnerId }: { name: string; partnerId: string }) => `${name} (${partnerId})`
  const former = subscription.reseller
  const concerned = onlyReseller(subscription, changes)
  await record(tx, actor, at, {
    action: 'subscription.changed',
    subjectKind: 'subscription',
    subjectId: subscription.id,
    customerId: subscription.customerId,
    providerId: subscription.providerId,
    ...(concerned ? { resellerId: concerned } : {}),
    ...(actor.organizationKind === 'reseller' ? { onBehalfOf: subscription.customerName } : {}),
    before: {
      ...(licenses ? { quantity: subscription.quantity } : {}),
      ...(licenses && subscription.life.scheduled ? { nextTerm: subscription.life.scheduled.title } : {}),
      ...(friendlyName === undefined ? {} : { friendlyName: subscription.friendlyName }),
      ...(reseller === undefined ? {} : { reseller: former && named(former) }),
      ...(supportContactId === undefined ? {} : { supportContact: subscription.supportContact.name }),
    },
    after: {
      ...(licenses ? { quantity: licenses.life.quantity } : {}),
      ...(licenses && subscription.life.scheduled ? { nextTerm: null } : {}),
      ...(friendlyName === undefined ? {} : { friendlyName }),
      ...(reseller === undefined ? {} : { reseller: reseller && named(reseller) }),
      ...(supportContactId === undefined ? {} : { supportContact: contact }),
    },
  })

  const { title, customerName, customerId } = subscription
  const link = `/customers/${customerId}/subscriptions/${subscription.id}`
  const about = { subscription: title, customer: customerName }
  const agents = ['global_admin', 'admin_agent', 'sales_agent'] as const
  if (reseller) {
    await notify(tx, at, {
      organizationId: reseller.id,
      audienceRoles: agents,
      class: 'transactional',
      kind: 'resellerOfRecordSet',
      params: about,
      link,
    })
  }
  if (supportContactId === undefined) return
  if (supportContactId !== subscription.providerId) {
    const audienceRoles = ['global_admin', 'admin_agent', 'helpdesk_agent'] as const
    await notify(tx, at, {
      organizationId: supportContactId,
      audienceRoles,
      class: 'transactional',
      kind: 'supportContactSet',
      params: about,
      link,
    })
  }
  await notify(tx, at, {
    organizationId: customerId,
    audienceRoles: ['global_admin', 'billing_contact'],
    class: 'transactional',
    kind: 'supportContactChanged',
    params: { subscription: title, partner: contact ?? '' },
    link: '/my-subscriptions',
  })
}
