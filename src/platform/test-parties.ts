import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { requestRelationship } from '../features/customers/request-relationship.ts'
import { givenCustomer, type TestCustomer } from '../features/customers/test-customers.ts'
import { createWebhook } from '../features/events/create-webhook.ts'
import { givenUser, type TestUser } from '../features/identity/test-users.ts'
import { givenPrivileges } from '../features/licenses/test-people.ts'
import { notify } from '../features/notifications/notify.ts'
import { attestation, givenOffer, totalOf } from '../features/orders/test-orders.ts'
import { draftOrderRequest } from '../features/orders/draft-order-request.ts'
import { submitOrder } from '../features/orders/submit-order.ts'
import { requestPartnership } from '../features/partnerships/request-partnership.ts'
import { givenPartnership } from '../features/partnerships/test-partnerships.ts'
import {
  givenOperator,
  givenProvider,
  givenReseller,
  type TestOrganization,
} from '../features/program/test-organizations.ts'
import { escalateServiceRequest } from '../features/support/escalate-service-request.ts'
import { fileServiceRequest } from '../features/support/file-service-request.ts'
import { receiveAttachment } from '../features/support/receive-attachment.ts'
import { setContact } from '../features/support/test-support.ts'
import { provision } from '../features/subscriptions/test-subscriptions.ts'
import { type CustomerId, newId, type OrganizationId, type SubscriptionId } from '../kernel/ids.ts'
import { type OrganizationKind, type Role, rolesOf } from '../kernel/permissions.ts'
import type { Actor, Deps } from './context.ts'
import { queueMails } from './mail.ts'
import type { TestWorld } from './test-world.ts'

/** What the provider pays for each license; nobody else may ever read it. */
export const secretCost = '71.234567'

/** Everything of one party that tells of it: ids, names, addresses, numbers. */
export type Traces = Set<string>

export interface Bought {
  readonly subscriptionId: string
  readonly orderId: string
  readonly orderNumber: string
}

/** The objects that requests name by id, as one party's own or as somebody else's. */
export interface Targets {
  readonly customerId?: string
  readonly subscriptionId?: string
  readonly orderId?: string
  readonly partnershipId?: string
  readonly invitationId?: string
  readonly requestId?: string
  readonly orderRequestId?: string
  readonly resellerId?: string
  readonly userId?: string
  readonly providerId?: string
  readonly notificationId?: string
  readonly runId?: string
  readonly mailId?: string
  readonly webhookId?: string
  readonly eventId?: string
  readonly partnerId?: string
  readonly uploadId?: string
  readonly serviceRequestId?: string
  readonly attachmentId?: string
}

/**
 * A small world in which everybody has something: two providers that share nothing; Aslan with the resellers Rüzgar and Rota, and
 * the customers Kestane (Rüzgar's) and Leylak (Rota's, of which Rüzgar resells one subscription); Baykuş with Reyhan and Mandalina.
 */
export interface Parties {
  readonly operator: TestOrganization
  readonly aslan: TestOrganization
  readonly baykus: TestOrganization
  readonly ruzgar: TestOrganization
  readonly rota: TestOrganization
  readonly reyhan: TestOrganization
  readonly kestane: TestCustomer
  readonly leylak: TestCustomer
  readonly mandalina: TestCustomer
  readonly traces: Readonly<Record<PartyName, Traces>>
  /** What each of the viewing parties may call its own, and what is another world's. */
  readonly own: Readonly<Record<Viewer, Targets>>
  readonly foreign: Targets
  /** The one subscription of Leylak that Rüzgar resells. */
  readonly resold: Targets
  /** An actor of every role at a viewing party. */
  actor(viewer: Viewer, role: Role): Actor
}

export const viewers = ['operator', 'aslan', 'ruzgar', 'kestane'] as const
export type Viewer = (typeof viewers)[number]
export type PartyName = 'aslan' | 'baykus' | 'ruzgar' | 'rota' | 'reyhan' | 'kestane' | 'leylak' | 'mandalina'

export const viewerKinds: Readonly<Record<Viewer, OrganizationKind>> = {
  operator: 'operator',
  aslan: 'provider',
  ruzgar: 'reseller',
  kestane: 'customer',
}

/** Makes that world. */
export async function givenParties(world: TestWorld): Promise<Parties> {
  const { deps } = world
  const operator = await givenOperator(deps)
  const aslan = await givenProvider(deps, { name: 'Aslan Dağıtım' })
  const baykus = await givenProvider(deps, { name: 'Baykuş Dağıtım' })
  const ruzgar = await givenReseller(deps, { name: 'Rüzgar Bilişim' })
  const rota = await givenReseller(deps, { name: 'Rota Bilişim' })
  const reyhan = await givenReseller(deps, { name: 'Reyhan Bilişim' })
  const withRuzgar = await givenPartnership(deps, aslan, ruzgar)
  const withRota = await givenPartnership(deps, aslan, rota)
  const withReyhan = await givenPartnership(deps, baykus, reyhan)
  const sharedBy = (reseller: TestOrganization, partnershipId: typeof withRuzgar) => ({
    organizationId: reseller.organizationId,
    partnershipId,
  })
  const kestane = await givenCustomer(deps, aslan, { name: 'Kestane Gıda', reseller: sharedBy(ruzgar, withRuzgar) })
  const leylak = await givenCustomer(deps, aslan, { name: 'Leylak Tekstil', reseller: sharedBy(rota, withRota) })
  const mandalina = await givenCustomer(deps, baykus, {
    name: 'Mandalina Turizm',
    reseller: sharedBy(reyhan, withReyhan),
  })
  await listInDirectory(deps, aslan, baykus)

  const of = async (
    organizationId: OrganizationId | CustomerId,
    kind: OrganizationKind,
    role: Role,
    name: string,
  ): Promise<TestUser> => await givenUser(deps, { organizationId, kind, roles: [role], name })
  const aslanAgent = await of(aslan.organizationId, 'provider', 'admin_agent', 'Aslı Aslanoğlu')
  const baykusAgent = await of(baykus.organizationId, 'provider', 'admin_agent', 'Barış Baykuşoğlu')
  const people = {
    aslan: aslanAgent,
    baykus: baykusAgent,
    ruzgar: await of(ruzgar.organizationId, 'reseller', 'admin_agent', 'Rıza Rüzgaroğlu'),
    rota: await of(rota.organizationId, 'reseller', 'admin_agent', 'Rana Rotaoğlu'),
    reyhan: await of(reyhan.organizationId, 'reseller', 'admin_agent', 'Refik Reyhanoğlu'),
    kestane: await of(kestane.customerId, 'customer', 'user', 'Kamil Kestaneoğlu'),
    leylak: await of(leylak.customerId, 'customer', 'global_admin', 'Lale Leylakoğlu'),
    mandalina: await of(mandalina.customerId, 'customer', 'global_admin', 'Metin Mandalinaoğlu'),
  }
  const operatorUser = await of(operator.organizationId, 'operator', 'platform_operator', 'Ozan Operatör')

  const buy = await shop(deps)
  const kestaneBuys = await buy(aslanAgent.actor, kestane, ruzgar.partnerId)
  const leylakByRuzgar = await buy(aslanAgent.actor, leylak, ruzgar.partnerId)
  const leylakByRota = await buy(aslanAgent.actor, leylak, rota.partnerId)
  const mandalinaBuys = await buy(baykusAgent.actor, mandalina, reyhan.partnerId)
  await provision(deps)
  for (const party of [aslan, ruzgar]) await givenPrivileges(deps, kestane, party)
  await givenPrivileges(deps, mandalina, baykus)
  const kestaneUpload = await givenUpload(deps, kestane)
  const mandalinaUpload = await givenUpload(deps, mandalina)
  const ask = async (who: TestUser, provider: TestOrganization, customer: TestCustomer) => {
    const { resellerPartnerId: _, ...line } = (await givenOffer(deps, { cost: secretCost, retail: '99.99' })).line(5)
    const asked = { kind: 'new', lines: [line], wishOn: null, note: '', send: true } as const
    const { customerId } = customer
    return await draftOrderRequest(deps, who.actor, {
      customerId,
      providerId: provider.organizationId,
      ...asked,
      lines: [...asked.lines],
    })
  }
  const ruzgarAsks = await ask(people.ruzgar, aslan, kestane)
  const reyhanAsks = await ask(people.reyhan, baykus, mandalina)
  const kestaneAsks = await askForHelp(deps, people.kestane, people.ruzgar, kestane, kestaneBuys)
  const mandalinaAsks = await askForHelp(deps, people.mandalina, people.reyhan, mandalina, mandalinaBuys)
  const asked = { recipientEmail: 'somebody@elsewhere.example', language: 'tr' } as const
  const aslanInvites = await requestPartnership(deps, aslanAgent.actor, asked)
  const baykusInvites = await requestPartnership(deps, baykusAgent.actor, asked)
  const request = { includePrivileges: false, language: 'tr' } as const
  const aslanRequests = await requestRelationship(deps, aslanAgent.actor, {
    ...request,
    resellerId: ruzgar.organizationId,
  })
  const baykusRequests = await requestRelationship(deps, baykusAgent.actor, {
    ...request,
    resellerId: reyhan.organizationId,
  })

  const parties = { operator, aslan, ruzgar, kestane: { ...kestane, organizationId: kestane.customerId } }
  const notes = new Map<Viewer | 'baykus', string>()
  for (const viewer of [...viewers, 'baykus'] as const) {
    const party = viewer === 'baykus' ? baykus : parties[viewer]
    notes.set(viewer, await told(world, party.organizationId, viewer === 'baykus' ? 'Reyhan Bilişim' : 'nobody'))
  }
  const actors = new Map<string, Actor>()
  for (const viewer of viewers) {
    const kind = viewerKinds[viewer]
    for (const role of rolesOf[kind])
      actors.set(`${viewer} ${role}`, (await of(parties[viewer].organizationId, kind, role, `${viewer} ${role}`)).actor)
  }

  const company = (organization: TestOrganization, who: TestUser, ...more: readonly string[]): Traces =>
    new Set([
      organization.organizationId,
      organization.name,
      organization.partnerId,
      who.userId,
      who.actor.userName,
      ...more,
    ])
  const client = (customer: TestCustomer, who: TestUser, ...bought: readonly Bought[]): Traces =>
    new Set([
      customer.customerId,
      customer.name,
      customer.primaryDomain,
      who.userId,
      who.actor.userName,
      ...bought.flatMap(({ subscriptionId, orderId, orderNumber }) => [subscriptionId, orderId, orderNumber]),
    ])
  const hook = async (organizationId: OrganizationId | CustomerId, kind: OrganizationKind): Promise<Targets> => ({
    webhookId: await listensAt(deps, (await of(organizationId, kind, 'global_admin', 'Global Admin')).actor),
    eventId: newId(),
  })
  const common = { providerId: aslan.organizationId, partnerId: ruzgar.partnerId }
  const shared = {
    customerId: kestane.customerId,
    subscriptionId: kestaneBuys.subscriptionId,
    orderId: kestaneBuys.orderId,
    uploadId: kestaneUpload,
    serviceRequestId: kestaneAsks.serviceRequestId,
    attachmentId: kestaneAsks.attachmentId,
  }
  return {
    operator,
    aslan,
    baykus,
    ruzgar,
    rota,
    reyhan,
    kestane,
    leylak,
    mandalina,
    traces: {
      aslan: company(aslan, people.aslan, withRuzgar, withRota, aslanInvites.id, aslanRequests.id),
      baykus: company(baykus, people.baykus, withReyhan, baykusInvites.id, baykusRequests.id, reyhanAsks.id),
      ruzgar: company(ruzgar, people.ruzgar, withRuzgar),
      rota: company(rota, people.rota, withRota),
      reyhan: company(reyhan, people.reyhan, withReyhan),
      kestane: new Set([...client(kestane, people.kestane, kestaneBuys), ...Object.values(kestaneAsks)]),
      leylak: client(leylak, people.leylak, leylakByRuzgar, leylakByRota),
      mandalina: new Set([...client(mandalina, people.mandalina, mandalinaBuys), ...Object.values(mandalinaAsks)]),
    },
    own: {
      operator: {
        ...common,
        userId: operatorUser.userId,
        notificationId: notes.get('operator') ?? '',
        mailId: await mailed(world),
      },
      aslan: {
        ...common,
        ...shared,
        partnershipId: withRuzgar,
        invitationId: aslanInvites.id,
        requestId: aslanRequests.id,
        orderRequestId: ruzgarAsks.id,
        resellerId: ruzgar.organizationId,
        ...(await hook(aslan.organizationId, 'provider')),
        userId: people.aslan.userId,
        notificationId: notes.get('aslan') ?? '',
      },
      ruzgar: {
        ...common,
        ...shared,
        partnershipId: withRuzgar,
        requestId: aslanRequests.id,
        orderRequestId: ruzgarAsks.id,
        resellerId: ruzgar.organizationId,
        ...(await hook(ruzgar.organizationId, 'reseller')),
        userId: people.ruzgar.userId,
        notificationId: notes.get('ruzgar') ?? '',
      },
      kestane: {
        ...common,
        ...shared,
        ...(await hook(kestane.customerId, 'customer')),
        userId: people.kestane.userId,
        notificationId: notes.get('kestane') ?? '',
      },
    },
    foreign: {
      customerId: mandalina.customerId,
      subscriptionId: mandalinaBuys.subscriptionId,
      orderId: mandalinaBuys.orderId,
      uploadId: mandalinaUpload,
      partnershipId: withReyhan,
      invitationId: baykusInvites.id,
      requestId: baykusRequests.id,
      orderRequestId: reyhanAsks.id,
      resellerId: reyhan.organizationId,
      userId: people.mandalina.userId,
      // Every listed provider is in the directory, so this one is no provider.
      providerId: reyhan.organizationId,
      partnerId: '999999999',
      notificationId: notes.get('baykus') ?? '',
      runId: newId(),
      ...(await hook(baykus.organizationId, 'provider')),
      serviceRequestId: mandalinaAsks.serviceRequestId,
      attachmentId: mandalinaAsks.attachmentId,
      // All mails are the operator's, so this one was never written.
      mailId: newId(),
    },
    resold: { customerId: leylak.customerId, subscriptionId: leylakByRuzgar.subscriptionId },
    actor(viewer, role) {
      const actor = actors.get(`${viewer} ${role}`)
      if (!actor) throw new Error(`There is no ${role} at ${viewer}.`)
      return actor
    },
  }
}

/** A list of users that was checked and waits to be saved. */
async function givenUpload(deps: Deps, customer: TestCustomer): Promise<string> {
  const id = newId<'userUpload'>()
  await sql`
    insert into user_uploads (customer_id, id, file_name, language, status, row_count, created_by, created_by_name, created_at)
    values (${customer.customerId}, ${id}, 'users.csv', 'tr', 'checked', 1, ${newId()}, 'Somebody', ${deps.now()})`.execute(
    deps.db,
  )
  await sql`
    insert into user_upload_rows (customer_id, upload_id, line, username, first_name, last_name, display_name, usage_location)
    values (${customer.customerId}, ${id}, 2, ${`liste@${customer.primaryDomain}`}, '', '', ${`Liste ${customer.name}`}, 'TR')`.execute(
    deps.db,
  )
  return id
}

async function shop(deps: Deps) {
  return async (actor: Actor, customer: TestCustomer, resellerPartnerId: string): Promise<Bought> => {
    const offer = await givenOffer(deps, { cost: secretCost, retail: '99.99' })
    const lines = [offer.line(10, resellerPartnerId)]
    const { order } = await submitOrder(deps, actor, {
      customerId: customer.customerId,
      lines,
      attestation,
      expectedTotalRetail: totalOf(lines, 9_999),
    })
    return { subscriptionId: order.lines[0]?.subscriptionId ?? '', orderId: order.id, orderNumber: order.number }
  }
}

/** A customer asks the reseller that supports its subscription, with a file; the reseller passes it on to the provider. */
async function askForHelp(
  deps: Deps,
  { actor }: TestUser,
  reseller: TestUser,
  { customerId, name }: TestCustomer,
  { subscriptionId }: Bought,
): Promise<{ serviceRequestId: string; attachmentId: string; number: string; title: string; fileName: string }> {
  await setContact(deps, customerId, subscriptionId as SubscriptionId, reseller.actor.organizationId)
  const fileName = `${name} kayıtları.txt`
  const file = await receiveAttachment(deps, actor, {}, { fileName, stream: Readable.from([Buffer.from(name)]) })
  const title = `${name} e-postaları gecikiyor`
  const { id, number } = await fileServiceRequest(deps, actor, {
    customerId,
    subscriptionId: subscriptionId as SubscriptionId,
    providerId: null,
    severity: 'moderate',
    title,
    description: `${name} bir saattir e-posta almıyor.`,
    contact: { name: actor.userName, email: 'destek@mail.test.example', phone: '' },
    attachments: [file.id],
  })
  await escalateServiceRequest(deps, reseller.actor, { customerId, serviceRequestId: id, reason: 'Sunucu arızası' })
  return { serviceRequestId: id, attachmentId: file.id, number, title, fileName }
}

async function listInDirectory(deps: Deps, ...providers: readonly TestOrganization[]): Promise<void> {
  for (const { organizationId } of providers) {
    await sql`
      insert into directory_profiles (provider_id, listed, description_en, description_tr, representative_name, representative_email, updated_at)
      values (${organizationId}, true, 'A provider.', 'Bir sağlayıcı.', 'Rep', 'rep@vendor.example', ${deps.now()})`.execute(
      deps.db,
    )
  }
}

/** Tells everybody of an organization something; returns the notification's id. */
async function told(world: TestWorld, organizationId: OrganizationId | CustomerId, about: string): Promise<string> {
  const kind = await world.deps.db.transaction().execute(async (tx) => {
    await notify(tx, world.now, {
      organizationId,
      audienceRoles: [...new Set(Object.values(rolesOf).flat())],
      class: 'transactional',
      kind: 'partnershipAccepted',
      params: { reseller: about },
      link: '/',
    })
    return await tx
      .selectFrom('notifications')
      .select('id')
      .where('organization_id', '=', organizationId)
      .where('kind', '=', 'partnershipAccepted')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
  })
  return kind.id
}

/** Adds a webhook to the user's organization; nothing is ever sent there. Returns its id. */
async function listensAt(deps: Deps, actor: Actor): Promise<string> {
  const { webhook } = await createWebhook(deps, actor, { url: 'https://93.184.216.34/', description: '', types: [] })
  return webhook.id
}

/** Writes to nobody of this world; returns the mail's id. */
async function mailed({ deps }: TestWorld): Promise<string> {
  const { id } = await deps.db.transaction().execute(async (tx) => {
    await queueMails(tx, deps.now(), [
      {
        kind: 'renewalReminder',
        to: { address: 'somebody@elsewhere.example', name: 'Somebody' },
        language: 'en',
        subject: 'Nothing in particular',
        content: { paragraphs: ['Nothing in particular.'], footer: 'For no reason.' },
      },
    ])
    return await tx.selectFrom('mails').select('id').executeTakeFirstOrThrow()
  })
  return id
}
