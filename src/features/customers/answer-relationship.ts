import { sql } from 'kysely'
import { Refusal } from '../../kernel/errors.ts'
import { utcDay } from '../../kernel/time.ts'
import type { Actor, Db, Deps } from '../../platform/context.ts'
import { linkTokenHash } from '../../platform/link-token.ts'
import type { Visitor } from '../../platform/route.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { notify } from '../notifications/notify.ts'
import { requireActivePartnership } from '../partnerships/queries.ts'
import { invitationStatusAt, whyInvitationIsClosed } from '../partnerships/rules.ts'
import { readCountry, readNamesHolding, readTemplate, readTradingParty } from '../program/queries.ts'
import type { TradingParty } from '../program/rules.ts'
import { acceptDirectly, customerOf } from './accept-agreement.ts'
import { associate } from './associate-reseller.ts'
import {
  type Answering,
  decideAcceptance,
  defaultPrivilegeDays,
  defaultPrivileges,
  isInRegion,
  isOwnCustomer,
} from './rules.ts'
import {
  closeRequest,
  insertPrivileges,
  insertRelationship,
  lockRequest,
  markRequestOpened,
  readRequest,
  type StoredRequest,
} from './store.ts'
import type { AcceptRelationship, RelationshipOffer } from './wire.ts'

interface ByToken {
  readonly token: string
}

/**
 * What a request's link shows: who asks for what, and whether the viewer can answer. A visitor who is not signed in learns the
 * partners' names and places only. The first look by somebody else than the askers counts as opening.
 *
 * @throws Refusal invitationInvalid for a link that was changed.
 */
export async function readOffer(deps: Deps, visitor: Visitor, { token }: ByToken): Promise<RelationshipOffer> {
  const stored = await readRequest(deps.db, { tokenHash: linkTokenHash(token) })
  if (!stored) throw new Refusal('invitationInvalid')
  const at = deps.now()
  const { actor } = visitor
  const request = await open(deps, at, stored, actor)

  const { provider, reseller } = await readParties(deps.db, request)
  const agreement = await readTemplate(deps.db, 'customer', visitor.locale, at)
  return {
    state: invitationStatusAt(request, at),
    expiresAt: request.expiresAt.toISOString(),
    provider: cardOf(provider),
    reseller: reseller && cardOf(reseller),
    privileges: request.includePrivileges ? { roles: [...defaultPrivileges], days: defaultPrivilegeDays } : null,
    agreement: { version: agreement.version, text: agreement.text },
    viewer: actor ? await viewerOf(deps.db, actor, at, request, { provider, reseller }) : null,
  }
}

/**
 * Accepts a request as the acting customer: the relationships, the customer agreement, the association with the reseller and,
 * where asked for, the privileges come about together. The same customer may repeat it.
 *
 * @throws Refusal acceptanceIncomplete unless both are ticked; those of `decideAcceptance`; partnershipRequired when the partners
 *   parted meanwhile.
 */
export async function acceptRelationship(deps: Deps, actor: Actor, input: AcceptRelationship): Promise<void> {
  await write(deps, actor, async (tx) => {
    const request = await lockRequest(tx, { tokenHash: linkTokenHash(input.token) })
    if (!request) throw new Refusal('invitationInvalid')
    const at = deps.now()
    const parties = await readParties(tx, request)
    await tx.selectFrom('customers').select('id').where('id', '=', actor.organizationId).forUpdate().execute()
    const decision = decideAcceptance(await factsOf(tx, actor, at, request, parties))
    if (decision === 'done') return
    if (decision !== 'accept') throw new Refusal(decision.refuse)
    if (!input.relationship || !input.agreement) throw new Refusal('acceptanceIncomplete')

    const customerId = customerOf(actor)
    const { provider } = parties
    const partnership =
      request.resellerId && (await requireActivePartnership(tx, request.providerId, request.resellerId))
    await insertRelationship(tx, at, { customerId, partnerId: request.providerId, type: 'provider', via: 'invited' })
    if (partnership) {
      const customer = { id: customerId, name: actor.organizationName, via: 'invited' } as const
      await associate(tx, actor, at, customer, partnership, { id: request.providerId, name: provider.name })
    }
    const { version } = await readTemplate(tx, 'customer', actor.locale, at)
    await acceptDirectly(tx, actor, at, version)
    if (request.includePrivileges) {
      const name = `Request_${utcDay(request.createdAt)}_${request.id.slice(-8)}`
      await insertPrivileges(tx, at, { customerId, partnerId: request.providerId, name, via: 'request' })
    }
    await closeRequest(tx, at, request.id, 'accepted', customerId)
    await record(tx, actor, at, {
      action: 'customer.relationship_accepted',
      subjectKind: 'relationshipRequest',
      subjectId: request.id,
      customerId,
      providerId: request.providerId,
      ...(request.resellerId ? { resellerId: request.resellerId } : {}),
      after: {
        provider: provider.name,
        reseller: parties.reseller?.name ?? null,
        privileges: request.includePrivileges ? [...defaultPrivileges] : [],
        agreement: version,
      },
    })
    await notify(tx, at, {
      organizationId: request.providerId,
      audienceRoles: ['global_admin', 'admin_agent', 'sales_agent'],
      class: 'transactional',
      kind: 'relationshipAccepted',
      params: { customer: actor.organizationName },
      link: `/customers/${customerId}/subscriptions`,
    })
  })
}

/**
 * Declines a request as the acting customer. Safe to repeat.
 *
 * @throws Refusal invitationInvalid; customerAccountNeeded, globalAdminNeeded; invitationUsed and the like when it is over.
 */
export async function declineRelationship(deps: Deps, actor: Actor, { token }: ByToken): Promise<void> {
  await write(deps, actor, async (tx) => {
    const request = await lockRequest(tx, { tokenHash: linkTokenHash(token) })
    if (!request) throw new Refusal('invitationInvalid')
    if (actor.organizationKind !== 'customer') throw new Refusal('customerAccountNeeded')
    const customerId = customerOf(actor)
    if (request.status === 'declined' && request.customerId === customerId) return
    const at = deps.now()
    const closed = whyInvitationIsClosed(invitationStatusAt(request, at))
    if (closed !== null) throw new Refusal(closed)
    if (!actor.permissions.has('customers.accept_relationship')) throw new Refusal('globalAdminNeeded')

    await closeRequest(tx, at, request.id, 'declined', customerId)
    await record(tx, actor, at, {
      action: 'customer.relationship_declined',
      subjectKind: 'relationshipRequest',
      subjectId: request.id,
      customerId,
      providerId: request.providerId,
      ...(request.resellerId ? { resellerId: request.resellerId } : {}),
    })
    await notify(tx, at, {
      organizationId: request.providerId,
      audienceRoles: ['global_admin', 'admin_agent', 'sales_agent'],
      class: 'transactional',
      kind: 'relationshipDeclined',
      params: { customer: actor.organizationName },
      link: '/relationship-request?tab=requests',
    })
  })
}

/** Notes the first look by somebody else than the askers. */
async function open(deps: Deps, at: Date, request: StoredRequest, actor: Actor | undefined): Promise<StoredRequest> {
  const isAsker = actor && [request.providerId, request.resellerId].includes(actor.organizationId)
  if (isAsker || request.status !== 'issued' || request.expiresAt <= at) return request
  await markRequestOpened(deps.db, at, request.id)
  return { ...request, status: 'opened' }
}

interface Parties {
  readonly provider: TradingParty
  readonly reseller: TradingParty | null
}

async function readParties(db: Db, request: StoredRequest): Promise<Parties> {
  const provider = await readTradingParty(db, request.providerId)
  const reseller = request.resellerId === null ? undefined : await readTradingParty(db, request.resellerId)
  if (!provider || (request.resellerId !== null && !reseller)) throw new Error(`Request ${request.id} names nobody.`)
  return { provider, reseller: reseller ?? null }
}

function cardOf({ name, city, country }: TradingParty): RelationshipOffer['provider'] {
  return { name, city, country }
}

async function viewerOf(
  db: Db,
  actor: Actor,
  at: Date,
  request: StoredRequest,
  parties: Parties,
): Promise<NonNullable<RelationshipOffer['viewer']>> {
  const decision = decideAcceptance(await factsOf(db, actor, at, request, parties))
  const reason = typeof decision === 'object' ? decision.refuse : null
  const globalAdmins =
    reason === 'globalAdminNeeded' ? await readNamesHolding(db, actor.organizationId, 'global_admin') : []
  return {
    organizationName: actor.organizationName,
    canAnswer: decision === 'accept',
    reason,
    globalAdmins: [...globalAdmins],
  }
}

async function factsOf(db: Db, actor: Actor, at: Date, request: StoredRequest, parties: Parties): Promise<Answering> {
  const { rows } = await sql<{
    country: string
    domain: string
    registrationNumber: string
    related: boolean
    associated: boolean
  }>`
    select country, primary_domain as domain, coalesce(registration_number, '') as "registrationNumber",
      exists (select from customer_relationships r
        where r.customer_id = c.id and r.partner_id = ${request.providerId} and r.state = 'active') as related,
      exists (select from customer_reseller_associations a where a.customer_id = c.id and a.provider_id = ${request.providerId}
        and a.reseller_id = ${request.resellerId}::uuid and a.ended_at is null) as associated
    from customers c where c.id = ${actor.organizationKind === 'customer' ? actor.organizationId : null}::uuid`.execute(
    db,
  )
  const [customer] = rows
  const country = customer && (await readCountry(db, customer.country))
  const partners = parties.reseller ? [parties.provider, parties.reseller] : [parties.provider]
  return {
    status: invitationStatusAt(request, at),
    organizationId: actor.organizationId,
    organizationKind: actor.organizationKind,
    isGlobalAdmin: actor.permissions.has('customers.accept_relationship'),
    acceptedBy: request.customerId,
    inRegion: country !== undefined && isInRegion(country, parties.provider.regionId),
    isPartner: customer !== undefined && isOwnCustomer(customer, partners),
    hasAll:
      customer !== undefined &&
      customer.related &&
      (request.resellerId === null || customer.associated) &&
      !request.includePrivileges,
  }
}
