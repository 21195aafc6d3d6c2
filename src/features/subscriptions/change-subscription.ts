import { Refusal } from '../../kernel/errors.ts'
import type { OrganizationId } from '../../kernel/ids.ts'
import { parseMicros } from '../../kernel/money.ts'
import { type Permission, rolesHolding } from '../../kernel/permissions.ts'
import { utcDay } from '../../kernel/time.ts'
import type { Actor, Deps, Tx } from '../../platform/context.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { type Charged, chargeForAdded } from '../billing/charge.ts'
import { quantityRange } from '../catalog/rules.ts'
import { isOwnCustomer } from '../customers/rules.ts'
import { notify } from '../notifications/notify.ts'
import {
  requireActivePartnership,
  requireResellersByPartnerId,
  type UsablePartnership,
} from '../partnerships/queries.ts'
import { type HeldSubscription, holdSubscription } from './hold-subscription.ts'
import { decideQuantity, provisioningSweep, type SubscriptionAction, whyNot, windowEnd } from './rules.ts'
import {
  insertCharge,
  insertJob,
  insertLot,
  type NewReseller,
  putReseller,
  putSupportContact,
  updateSubscription,
} from './store.ts'
import type { ChangedSubscription, ChangeSubscription } from './wire.ts'

type Changed = ChangedSubscription['changed'][number]

/** What will be stored; a field is missing where nothing changes. */
interface Changes {
  readonly add?: number
  readonly friendlyName?: string
  readonly reseller?: NewReseller | null
  readonly supportContactId?: NonNullable<ChangeSubscription['supportContactId']>
}

/**
 * Changes a subscription's data, all in one: licenses up to a number, friendly name, Reseller (MPN ID), designated support
 * contact. One audit record for all of it; values that are so already are no change, and a change of nothing stores nothing.
 *
 * Licenses are charged for the rest of the running billing period. A new reseller of record counts from now on: what was
 * charged before keeps the old one.
 *
 * @throws Refusal notFound, accessDenied, stale; subscriptionNotActive, suspendedNoChange, trialFixed, quantityNotLower,
 *   quantityOutOfRange; partnershipRequired, resellerAgreementMissing, globalIdUsed, wrongLocationId, ownCustomer and the like.
 */
export async function changeSubscription(
  deps: Deps,
  actor: Actor,
  input: ChangeSubscription,
): Promise<ChangedSubscription> {
  refuseMissingRights(actor, input)
  const { result } = await write(deps, actor, async (tx) => {
    const subscription = await holdSubscription(tx, actor, input)
    refuseStranger(actor, subscription)
    const changes = await decide(tx, subscription, input, utcDay(deps.now()))
    const changed = namesOf(changes)
    if (changed.length === 0) return { id: subscription.id, version: subscription.version, changed }
    if (input.version !== subscription.version) throw new Refusal('stale')

    const at = deps.now()
    const contact = await store(tx, actor, at, subscription, changes)
    await tell(tx, actor, at, subscription, changes, contact)
    return { id: subscription.id, version: subscription.version + 1, changed }
  })
  if (result.changed.includes('quantity')) deps.nudge(provisioningSweep)
  return result
}

const rights: Readonly<Partial<Record<keyof ChangeSubscription, Permission>>> = {
  quantity: 'subscriptions.increase',
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

/** A reseller changes what it manages or earns on, and only as a partner; being the support contact is not enough. */
function refuseStranger(actor: Actor, { manages, isPartner, providerId }: HeldSubscription): void {
  if (actor.organizationKind !== 'reseller') return
  if (!manages) throw new Refusal('accessDenied')
  if (!isPartner) throw new Refusal('partnershipRequired', { data: [providerId] })
}

async function decide(
  tx: Tx,
  subscription: HeldSubscription,
  input: ChangeSubscription,
  today: string,
): Promise<Changes> {
  const { friendlyName, resellerPartnerId, supportContactId } = input
  return {
    ...decideLicenses(subscription, input.quantity, today),
    ...(friendlyName === undefined || friendlyName === subscription.friendlyName
      ? {}
      : (refuseUnless('rename', subscription), { friendlyName })),
    ...(await decideReseller(tx, subscription, resellerPartnerId)),
    ...(await decideSupportContact(tx, subscription, supportContactId)),
  }
}

function decideLicenses(subscription: HeldSubscription, quantity: number | undefined, today: string): Changes {
  if (quantity === undefined) return {}
  const decision = decideQuantity(subscription, quantityRange(subscription), quantity, today)
  if (decision === 'keep') return {}
  if ('refuse' in decision) {
    const params = decision.params ?? {}
    throw new Refusal(decision.refuse, { params, fields: [{ field: 'quantity', rule: decision.refuse, params }] })
  }
  return { add: decision.add }
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
    ...(changes.add === undefined ? [] : (['quantity'] as const)),
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
  const { add, friendlyName, reseller, supportContactId } = changes
  await updateSubscription(tx, at, subscription, {
    ...(add === undefined ? {} : { quantity: subscription.quantity + add, provisions: true }),
    ...(friendlyName === undefined ? {} : { friendlyName }),
  })
  // First the reseller: licenses that are added together with it are charged with its id.
  if (reseller !== undefined) await putReseller(tx, actor, at, subscription, reseller)
  if (add !== undefined) {
    await insertLot(tx, subscription, { quantity: add, source: 'add', addedAt: at, reducibleUntil: windowEnd(at) })
    const charge = chargeForAdded(chargedAs(subscription), add, utcDay(at))
    const charged = { ...subscription, reseller: reseller === undefined ? subscription.reseller : reseller }
    if (charge) await insertCharge(tx, at, charged, charge)
    await insertJob(tx, at, subscription, { action: 'changeQuantity', quantity: subscription.quantity + add })
  }
  return supportContactId && (await putSupportContact(tx, actor, at, subscription, supportContactId)).name
}

/** What the charges of a subscription follow from. */
export function chargedAs(subscription: HeldSubscription): Charged {
  const { kind, billingPlan, startOn, endOn, currency } = subscription
  const [unitCostMicros, unitRetailMicros] = [
    parseMicros(subscription.unitCost) ?? 0n,
    parseMicros(subscription.unitRetail) ?? 0n,
  ]
  return { kind, billingPlan, startOn, endOn, currency, unitCostMicros, unitRetailMicros }
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
  const { add, friendlyName, reseller, supportContactId } = changes
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
      ...(add === undefined ? {} : { quantity: subscription.quantity }),
      ...(friendlyName === undefined ? {} : { friendlyName: subscription.friendlyName }),
      ...(reseller === undefined ? {} : { reseller: former && named(former) }),
      ...(supportContactId === undefined ? {} : { supportContact: subscription.supportContact.name }),
    },
    after: {
      ...(add === undefined ? {} : { quantity: subscription.quantity + add }),
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
