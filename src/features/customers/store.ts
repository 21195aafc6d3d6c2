import { type RawBuilder, sql } from 'kysely'
import {
  type CustomerId,
  newId,
  type OrganizationId,
  type PartnershipId,
  type RelationshipRequestId,
} from '../../kernel/ids.ts'
import { dayMs } from '../../kernel/time.ts'
import type { Actor, Db, Tx } from '../../platform/context.ts'
import type { Attestation, NewCustomer } from './wire.ts'
import { defaultPrivilegeDays, defaultPrivileges, listKeys } from './rules.ts'

/** Writes a customer's own row and claims its first domain. A taken domain violates `domains_pkey`. */
export async function insertCustomerRow(
  tx: Tx,
  at: Date,
  id: CustomerId,
  { company, contact, language, culture }: NewCustomer & { readonly culture: string },
  domain: string,
): Promise<void> {
  const inserts = [
    tx
      .insertInto('domains')
      .values({ name: domain, owner_id: id, owner_kind: 'customer', is_initial: true, created_at: at }),
    tx.insertInto('customers').values({
      id,
      legal_name: company.legalName,
      tenant_name: company.legalName,
      country: company.country,
      culture,
      language,
      segment: company.segment,
      primary_domain: domain,
      address_line1: company.addressLine1,
      address_line2: company.addressLine2,
      city: company.city,
      district: company.district,
      state: company.state,
      postal_code: company.postalCode.toUpperCase(),
      registration_number: company.registrationNumber || null,
      tax_office: company.taxOffice,
      contact_first_name: contact.firstName,
      contact_last_name: contact.lastName,
      contact_email: contact.email,
      contact_phone: contact.phone,
      sort_key: listKeys({ legalName: company.legalName, primaryDomain: domain }).sortKey,
      created_at: at,
    }),
  ]
  await Promise.all(inserts.map((insert) => insert.execute()))
}

export interface NewRelationship {
  readonly customerId: CustomerId
  readonly partnerId: OrganizationId
  readonly type: 'provider' | 'reseller'
  readonly via: 'created' | 'invited'
}

/**
 * Ties a partner to a customer, unless an active tie is there. Name, domain and agreement are read from the customer's rows, so
 * write those first.
 *
 * @returns whether a new tie was made.
 */
export async function insertRelationship(tx: Tx, at: Date, tie: NewRelationship): Promise<boolean> {
  const keys = await keysOf(tx, tie.customerId)
  const inserted = await sql`
    insert into customer_relationships (customer_id, id, partner_id, type, via, state, started_at, country, sort_key, search_key,
      agreement)
    select id, ${newId()}, ${tie.partnerId}, ${tie.type}, ${tie.via}, 'active', ${at}, country, ${keys.sortKey}, ${keys.searchKey},
      ${agreementSql(tie.partnerId)}
    from customers where id = ${tie.customerId}
    on conflict (customer_id, partner_id) where state = 'active' do nothing`.execute(tx)
  return inserted.numAffectedRows === 1n
}

async function keysOf(db: Db, customerId: CustomerId): Promise<ReturnType<typeof listKeys>> {
  const customer = await db
    .selectFrom('customers')
    .select(['legal_name as legalName', 'primary_domain as primaryDomain'])
    .where('id', '=', customerId)
    .executeTakeFirstOrThrow()
  return listKeys(customer)
}

/** The agreement of the customer in `customers.id` as one partner may count on it. */
function agreementSql(partnerId: OrganizationId) {
  return sql`coalesce((
    select method from customer_agreement_acceptances
    where customer_id = customers.id and superseded_at is null and (provider_id is null or provider_id = ${partnerId})
    order by (method = 'direct') desc limit 1), 'missing')`
}

export interface NewAssociation {
  readonly customerId: CustomerId
  readonly providerId: OrganizationId
  readonly resellerId: OrganizationId
  readonly partnershipId: PartnershipId
}

/**
 * Delegates a customer's account and subscriptions to a reseller, unless the provider did already.
 *
 * @returns whether a new association was made.
 */
export async function insertAssociation(tx: Tx, actor: Actor, at: Date, association: NewAssociation): Promise<boolean> {
  const { customerId, providerId, resellerId, partnershipId } = association
  const keys = await keysOf(tx, customerId)
  const inserted = await sql`
    insert into customer_reseller_associations (customer_id, id, provider_id, reseller_id, partnership_id, created_at, created_by,
      created_by_name, sort_key, search_key)
    values (${customerId}, ${newId()}, ${providerId}, ${resellerId}, ${partnershipId}, ${at}, ${actor.userId}, ${actor.userName},
      ${keys.sortKey}, ${keys.searchKey})
    on conflict (customer_id, provider_id, reseller_id) where ended_at is null do nothing`.execute(tx)
  await markResellers(tx, customerId, providerId)
  return inserted.numAffectedRows === 1n
}

/** Ends one association, or all that a provider made for a customer. Returns the resellers concerned. */
export async function endAssociations(
  tx: Tx,
  at: Date,
  {
    customerId,
    providerId,
    resellerId,
  }: Omit<NewAssociation, 'partnershipId' | 'resellerId'> & { readonly resellerId?: OrganizationId },
  reason: 'removed' | 'customer_removed',
): Promise<readonly OrganizationId[]> {
  const ended = await tx
    .updateTable('customer_reseller_associations')
    .set({ ended_at: at, end_reason: reason })
    .where('customer_id', '=', customerId)
    .where('provider_id', '=', providerId)
    .where('ended_at', 'is', null)
    .$if(resellerId !== undefined, (query) => query.where('reseller_id', '=', resellerId ?? ''))
    .returning('reseller_id')
    .execute()
  await markResellers(tx, customerId, providerId)
  return ended.map((row) => row.reseller_id as OrganizationId)
}

/** Keeps what the list filters by in step with the associations. */
async function markResellers(tx: Tx, customerId: CustomerId, providerId: OrganizationId): Promise<void> {
  await sql`
    update customer_relationships r set has_reseller = exists (
      select from customer_reseller_associations a
      where a.customer_id = r.customer_id and a.provider_id = r.partner_id and a.ended_at is null)
    where r.customer_id = ${customerId} and r.partner_id = ${providerId} and r.state = 'active'`.execute(tx)
}

export interface NewAcceptance {
  readonly customerId: CustomerId
  /** Who attests; null when the customer accepts itself, which holds for every partner. */
  readonly providerId: OrganizationId | null
  readonly version: string
  readonly acceptor: Omit<Attestation, 'timeZone'>
}

/** Writes who accepted the customer agreement and when; an earlier acceptance of the same kind is superseded, not changed. */
export async function insertAcceptance(tx: Tx, actor: Actor, at: Date, acceptance: NewAcceptance): Promise<void> {
  const { customerId, providerId, version, acceptor } = acceptance
  await tx
    .updateTable('customer_agreement_acceptances')
    .set({ superseded_at: at })
    .where('customer_id', '=', customerId)
    .where('provider_id', providerId === null ? 'is' : '=', providerId)
    .where('superseded_at', 'is', null)
    .execute()
  await tx
    .insertInto('customer_agreement_acceptances')
    .values({
      customer_id: customerId,
      id: newId(),
      provider_id: providerId,
      method: providerId === null ? 'direct' : 'attested',
      template_version: version,
      first_name: acceptor.firstName,
      last_name: acceptor.lastName,
      email: acceptor.email,
      phone: acceptor.phone,
      accepted_on: acceptor.acceptedOn,
      recorded_by: actor.userId,
      recorded_by_name: actor.userName,
      recorded_at: at,
    })
    .execute()
  const concerned = providerId === null ? sql`` : sql`and r.partner_id = ${providerId} and r.agreement <> 'direct'`
  await sql`
    update customer_relationships r set agreement = ${providerId === null ? 'direct' : 'attested'}
    where r.customer_id = ${customerId} and r.state = 'active' ${concerned}`.execute(tx)
}

export interface NewPrivileges {
  readonly customerId: CustomerId
  readonly partnerId: OrganizationId
  readonly name: string
  readonly via: 'default' | 'request'
}

/** Gives a partner the usual privileges in a customer's tenant for the usual time. A name is used once per customer and partner. */
export async function insertPrivileges(
  tx: Tx,
  at: Date,
  { customerId, partnerId, name, via }: NewPrivileges,
): Promise<void> {
  await tx
    .insertInto('admin_relationships')
    .values({
      customer_id: customerId,
      id: newId(),
      partner_id: partnerId,
      name,
      roles: [...defaultPrivileges],
      duration_days: defaultPrivilegeDays,
      status: 'active',
      granted_via: via,
      activated_at: at,
      ends_at: new Date(at.getTime() + defaultPrivilegeDays * dayMs),
    })
    .execute()
}

/** A customer as an edit finds it. */
export interface StoredCustomer {
  readonly legalName: string
  readonly primaryDomain: string
  readonly country: string
  readonly version: number
  readonly company: {
    readonly legalName: string
    readonly addressLine1: string
    readonly addressLine2: string
    readonly city: string
    readonly district: string
    readonly state: string
    readonly postalCode: string
    readonly registrationNumber: string
    readonly taxOffice: string
  }
  readonly contact: {
    readonly firstName: string
    readonly lastName: string
    readonly email: string
    readonly phone: string
    readonly language: 'en' | 'tr'
  }
}

/** A customer's row, held before with `holdCustomer`. */
export async function readStoredCustomer(tx: Tx, id: CustomerId): Promise<StoredCustomer> {
  const row = await tx
    .selectFrom('customers')
    .select([
      'legal_name',
      'primary_domain',
      'country',
      'version',
      'address_line1',
      'address_line2',
      'city',
      'district',
      'state',
      'postal_code',
      'registration_number',
      'tax_office',
      'contact_first_name',
      'contact_last_name',
      'contact_email',
      'contact_phone',
      'language',
    ])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return {
    legalName: row.legal_name,
    primaryDomain: row.primary_domain,
    country: row.country,
    version: row.version,
    company: {
      legalName: row.legal_name,
      addressLine1: row.address_line1,
      addressLine2: row.address_line2,
      city: row.city,
      district: row.district,
      state: row.state,
      postalCode: row.postal_code,
      registrationNumber: row.registration_number ?? '',
      taxOffice: row.tax_office,
    },
    contact: {
      firstName: row.contact_first_name,
      lastName: row.contact_last_name,
      email: row.contact_email,
      phone: row.contact_phone,
      language: row.language,
    },
  }
}

/** Writes a customer's company and makes the keys of all its ties again, so that every partner's list stays in order. */
export async function updateCompany(
  tx: Tx,
  id: CustomerId,
  customer: StoredCustomer,
  company: StoredCustomer['company'],
): Promise<void> {
  const keys = listKeys({ legalName: company.legalName, primaryDomain: customer.primaryDomain })
  await tx
    .updateTable('customers')
    .set({
      legal_name: company.legalName,
      address_line1: company.addressLine1,
      address_line2: company.addressLine2,
      city: company.city,
      district: company.district,
      state: company.state,
      postal_code: company.postalCode,
      registration_number: company.registrationNumber || null,
      tax_office: company.taxOffice,
      sort_key: keys.sortKey,
      version: customer.version + 1,
    })
    .where('id', '=', id)
    .execute()
  if (company.legalName === customer.legalName) return
  const set = { sort_key: keys.sortKey, search_key: keys.searchKey }
  await tx.updateTable('customer_relationships').set(set).where('customer_id', '=', id).execute()
  await tx.updateTable('customer_reseller_associations').set(set).where('customer_id', '=', id).execute()
}

/** Writes a customer's primary contact. */
export async function updateContact(
  tx: Tx,
  id: CustomerId,
  version: number,
  contact: StoredCustomer['contact'],
): Promise<void> {
  await tx
    .updateTable('customers')
    .set({
      contact_first_name: contact.firstName,
      contact_last_name: contact.lastName,
      contact_email: contact.email,
      contact_phone: contact.phone,
      language: contact.language,
      version: version + 1,
    })
    .where('id', '=', id)
    .execute()
}

/** Ends all live privileges of a partner in a customer's tenant. Returns their names. */
export async function endPrivileges(
  tx: Tx,
  at: Date,
  customerId: CustomerId,
  partnerId: OrganizationId,
): Promise<readonly string[]> {
  const ended = await tx
    .updateTable('admin_relationships')
    .set({ status: 'terminated', ended_at: at })
    .where('customer_id', '=', customerId)
    .where('partner_id', '=', partnerId)
    .where('status', '=', 'active')
    .returning('name')
    .execute()
  return ended.map((row) => row.name)
}

/** Ends a partner's active tie to a customer. */
export async function endRelationship(
  tx: Tx,
  at: Date,
  customerId: CustomerId,
  partnerId: OrganizationId,
): Promise<void> {
  await tx
    .updateTable('customer_relationships')
    .set({ state: 'removed', ended_at: at })
    .where('customer_id', '=', customerId)
    .where('partner_id', '=', partnerId)
    .where('state', '=', 'active')
    .execute()
}

export interface NewRelationshipRequest {
  readonly id: RelationshipRequestId
  readonly providerId: OrganizationId
  readonly partnership: { readonly id: PartnershipId; readonly resellerId: OrganizationId } | null
  readonly includePrivileges: boolean
  /** SHA-256 of the token; the token itself is never stored. */
  readonly tokenHash: Buffer
  readonly recipientEmail: string | null
  readonly language: 'en' | 'tr'
  readonly expiresAt: Date
}

export async function insertRelationshipRequest(
  tx: Tx,
  actor: Actor,
  at: Date,
  request: NewRelationshipRequest,
): Promise<void> {
  await tx
    .insertInto('relationship_requests')
    .values({
      id: request.id,
      provider_id: request.providerId,
      reseller_id: request.partnership?.resellerId ?? null,
      partnership_id: request.partnership?.id ?? null,
      include_privileges: request.includePrivileges,
      token_hash: request.tokenHash,
      recipient_email: request.recipientEmail,
      language: request.language,
      status: 'issued',
      created_by: actor.userId,
      created_by_name: actor.userName,
      created_at: at,
      expires_at: request.expiresAt,
    })
    .execute()
}

/** A relationship request as an answer finds it. */
export interface StoredRequest {
  readonly id: RelationshipRequestId
  readonly providerId: OrganizationId
  readonly resellerId: OrganizationId | null
  readonly includePrivileges: boolean
  readonly status: 'issued' | 'opened' | 'accepted' | 'declined' | 'revoked'
  readonly createdAt: Date
  readonly expiresAt: Date
  /** Who answered; null while nobody did. */
  readonly customerId: CustomerId | null
}

/** Which request: by its link's token hash, or by its id among those a condition lets through. */
export type RequestKey =
  | { readonly tokenHash: Buffer }
  | { readonly id: RelationshipRequestId; readonly where: RawBuilder<boolean> }

/** Reads a request; undefined when there is none. */
export async function readRequest(db: Db, key: RequestKey): Promise<StoredRequest | undefined> {
  return await selectRequest(db, key, sql``)
}

/** As `readRequest`, and holds it until the transaction ends: a request is answered once. */
export async function lockRequest(tx: Tx, key: RequestKey): Promise<StoredRequest | undefined> {
  return await selectRequest(tx, key, sql`for update`)
}

async function selectRequest(db: Db, key: RequestKey, lock: RawBuilder<unknown>): Promise<StoredRequest | undefined> {
  const where = 'tokenHash' in key ? sql`q.token_hash = ${key.tokenHash}` : sql`q.id = ${key.id} and ${key.where}`
  const { rows } = await sql<StoredRequest>`
    select q.id, q.provider_id as "providerId", q.reseller_id as "resellerId", q.include_privileges as "includePrivileges", q.status,
      q.created_at as "createdAt", q.expires_at as "expiresAt", q.customer_id as "customerId"
    from relationship_requests q where ${where} ${lock}`.execute(db)
  return rows[0]
}

/** Notes that somebody looked at a request for the first time. */
export async function markRequestOpened(db: Db, at: Date, id: RelationshipRequestId): Promise<void> {
  await db
    .updateTable('relationship_requests')
    .set({ status: 'opened', opened_at: at })
    .where('id', '=', id)
    .where('status', '=', 'issued')
    .execute()
}

/** Gives a request its final state. */
export async function closeRequest(
  tx: Tx,
  at: Date,
  id: RelationshipRequestId,
  status: 'accepted' | 'declined' | 'revoked',
  customerId: CustomerId | null,
): Promise<void> {
  await tx
    .updateTable('relationship_requests')
    .set({ status, decided_at: at, customer_id: customerId })
    .where('id', '=', id)
    .execute()
}
