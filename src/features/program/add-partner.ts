import { randomInt } from 'node:crypto'
import { sql } from 'kysely'
import { type FieldRefusal, Refusal } from '../../kernel/errors.ts'
import { type LocationAccountId, newId, type OrganizationId } from '../../kernel/ids.ts'
import { searchKey, sortKey } from '../../kernel/text.ts'
import type { Actor, Deps, Tx } from '../../platform/context.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { createUser } from '../identity/create-user.ts'
import { hashPassword, temporaryPassword } from '../identity/passwords.ts'
import { aboutUser } from '../identity/subject.ts'
import { readCountry, readTemplate } from './queries.ts'
import { whyRegistrationRefused } from './rules.ts'
import type { AddPartnerInput } from './wire.ts'

export interface AddedPartner {
  readonly organizationId: OrganizationId
  /** Partner id of the global account. */
  readonly globalId: string
  /** Partner id of the location, the one to trade under. */
  readonly locationId: string
  /** Of the first global admin; kept nowhere. */
  readonly temporaryPassword: string
}

/**
 * Brings a provider or a reseller into the program, with its accounts and its first global admin. It is active when its
 * signature under the partner agreement of its region is given, and qualified until then. For the command line, whose
 * actor sends no request id, so that no repeat is answered without the password.
 *
 * @throws Refusal invalidRequest, which names all fields that need attention; usernameTaken, emailTaken.
 */
export async function addPartner(deps: Deps, actor: Actor, input: AddPartnerInput): Promise<AddedPartner> {
  const password = temporaryPassword()
  const passwordHash = await hashPassword(password)
  const { result } = await write(deps, actor, async (tx) => {
    const at = deps.now()
    // No constraint keeps e-mail domains apart, so organizations are added one after the other.
    await sql`select pg_advisory_xact_lock(hashtextextended('add partner', 0))`.execute(tx)
    await refuseUnfit(tx, input)

    const organizationId = newId<'organization'>()
    const globalId = await takePartnerId(tx, 'global', input.globalId)
    const locationId = await takePartnerId(tx, 'location', input.locationId)
    await insertOrganization(tx, at, organizationId, locationId, input)
    const locationAccountId = await insertAccounts(tx, organizationId, globalId, locationId, input)
    await enroll(tx, at, organizationId, input)
    const version = await sign(tx, actor, at, organizationId, locationAccountId, input)
    if (input.kind === 'provider') await insertProfile(tx, at, organizationId, input)
    await record(tx, actor, at, {
      action: 'organization.added',
      subjectKind: 'organization',
      subjectId: organizationId,
      ...(input.kind === 'provider' ? { providerId: organizationId } : { resellerId: organizationId }),
      after: {
        kind: input.kind,
        name: input.tradingName,
        legalName: input.legalName,
        country: input.country,
        city: input.city,
        domain: input.emailDomain,
        ...(input.registrationNumber === '' ? {} : { registrationNumber: input.registrationNumber }),
        partnerId: locationId,
        status: statusOf(input),
        ...(worldOf(input) === 'sandbox' ? { world: 'sandbox' } : {}),
        ...(version === undefined ? {} : { agreement: version, acceptedBy: input.agreementSignedBy }),
      },
    })
    await addAdmin(tx, actor, at, organizationId, passwordHash, input)
    return { organizationId, globalId, locationId }
  })
  return { ...result, temporaryPassword: password }
}

async function refuseUnfit(tx: Tx, input: AddPartnerInput): Promise<void> {
  const { globalId, locationId } = input
  const country = await readCountry(tx, input.country)
  const taken = await readTaken(tx, input)
  const fields: FieldRefusal[] = []
  if (!country) fields.push({ field: 'country', rule: 'countryUnknown' })
  else {
    if (country.regionId === 'unsupported') fields.push({ field: 'country', rule: 'countryNotServed' })
    const registration = whyRegistrationRefused(input.registrationNumber, country)
    if (registration) fields.push({ field: 'registrationNumber', ...registration })
  }
  if (taken.registration) fields.push({ field: 'registrationNumber', rule: 'registrationTaken' })
  if (taken.domain) fields.push({ field: 'emailDomain', rule: 'domainTaken' })
  if (globalId !== undefined && taken.partnerIds.includes(globalId)) {
    fields.push({ field: 'globalId', rule: 'mpnIdTaken' })
  }
  if (locationId !== undefined && (taken.partnerIds.includes(locationId) || locationId === globalId)) {
    fields.push({ field: 'locationId', rule: 'mpnIdTaken' })
  }
  if (fields.length > 0) throw new Refusal('invalidRequest', { fields })
}

/** What of the new organization others have already. Registration numbers compare without blanks, signs and case. */
async function readTaken(
  tx: Tx,
  { country, registrationNumber, emailDomain, globalId, locationId }: AddPartnerInput,
): Promise<{ readonly registration: boolean; readonly domain: boolean; readonly partnerIds: readonly string[] }> {
  const ids = [globalId, locationId].filter((id) => id !== undefined)
  const { rows } = await sql<{ registration: boolean; domain: boolean; partnerIds: string[] }>`
    select
      ${registrationNumber} <> '' and exists (select from organizations where country = ${country}
        and upper(translate(registration_number, ' .-/', '')) = upper(translate(${registrationNumber}, ' .-/', ''))) as registration,
      exists (select from organizations where email_domain = ${emailDomain})
        or exists (select from domains where name = ${emailDomain}) as domain,
      array(select partner_id from partner_ids where partner_id = any(${ids}::text[])) as "partnerIds"`.execute(tx)
  const [row] = rows
  if (!row) throw new Error('A select without a from gives one row.')
  return row
}

/** Takes the id that is wanted, which is free, or one by chance that was never given. */
async function takePartnerId(tx: Tx, kind: 'global' | 'location', wanted: string | undefined): Promise<string> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const id = wanted ?? String(randomInt(1_000_000, 10_000_000))
    const taken = await sql`
      insert into partner_ids (partner_id, kind) values (${id}, ${kind}) on conflict do nothing`.execute(tx)
    if (taken.numAffectedRows === 1n) return id
  }
  throw new Refusal('conflict')
}

async function insertOrganization(
  tx: Tx,
  at: Date,
  id: OrganizationId,
  locationId: string,
  input: AddPartnerInput,
): Promise<void> {
  const { kind, legalName, tradingName, country, city, emailDomain, registrationNumber } = input
  await sql`
    insert into organizations (id, kind, legal_name, trading_name, country, region_id, culture, city, registration_number,
      email_domain, sort_key, search_key, created_at, world)
    select ${id}, ${kind}, ${legalName}, ${tradingName}, code, region_id, culture, ${city}, ${registrationNumber || null},
      ${emailDomain}, ${sortKey(tradingName)},
      ${searchKey([tradingName, legalName, city, locationId, emailDomain].join(' '))}, ${at}, ${worldOf(input)}
    from countries where code = ${country}`.execute(tx)
}

function worldOf(input: AddPartnerInput): 'production' | 'sandbox' {
  return input.kind === 'provider' && input.sandbox ? 'sandbox' : 'production'
}

/** A global account with one location, through which the organization trades. */
async function insertAccounts(
  tx: Tx,
  organizationId: OrganizationId,
  globalId: string,
  locationId: string,
  { legalName, tradingName, country, city }: AddPartnerInput,
): Promise<LocationAccountId> {
  const globalAccountId = newId()
  const id = newId<'locationAccount'>()
  await tx
    .insertInto('partner_global_accounts')
    .values({ id: globalAccountId, partner_id: globalId, legal_name: legalName, country })
    .execute()
  await tx
    .insertInto('partner_location_accounts')
    .values({
      id,
      global_account_id: globalAccountId,
      partner_id: locationId,
      name: tradingName,
      country,
      city,
      organization_id: organizationId,
    })
    .execute()
  return id
}

function statusOf({ agreementSignedBy }: AddPartnerInput): 'active' | 'qualified' {
  return agreementSignedBy === undefined ? 'qualified' : 'active'
}

async function enroll(tx: Tx, at: Date, organizationId: OrganizationId, input: AddPartnerInput): Promise<void> {
  const status = statusOf(input)
  await tx
    .insertInto('program_enrollments')
    .values({
      organization_id: organizationId,
      tier: input.kind === 'provider' ? 'indirect_provider' : 'indirect_reseller',
      status,
      activated_at: status === 'active' ? at : null,
      changed_at: at,
    })
    .execute()
}

/** Keeps who signed the text in force; the signer need not be a user. Returns its version; undefined when nobody signed. */
async function sign(
  tx: Tx,
  actor: Actor,
  at: Date,
  organizationId: OrganizationId,
  locationAccountId: LocationAccountId,
  { agreementSignedBy, language }: AddPartnerInput,
): Promise<string | undefined> {
  if (agreementSignedBy === undefined) return undefined
  const { version } = await readTemplate(tx, 'partner', language, at)
  await sql`
    insert into partner_agreement_signatures (organization_id, region_id, version, location_account_id, signer_user_id,
      signer_name, signed_at, ip)
    select id, region_id, ${version}, ${locationAccountId}, ${actor.userId}, ${agreementSignedBy}, ${at}, ${actor.request.ip}
    from organizations where id = ${organizationId}`.execute(tx)
  return version
}

/** The operator fills the entry in; whoever may not sell yet is not listed. */
async function insertProfile(
  tx: Tx,
  at: Date,
  organizationId: OrganizationId,
  input: Extract<AddPartnerInput, { kind: 'provider' }>,
): Promise<void> {
  await tx
    .insertInto('directory_profiles')
    .values({
      provider_id: organizationId,
      listed: statusOf(input) === 'active',
      description_en: '',
      description_tr: '',
      representative_name: input.representativeName,
      representative_email: input.representativeEmail,
      updated_at: at,
    })
    .execute()
}

async function addAdmin(
  tx: Tx,
  actor: Actor,
  at: Date,
  organizationId: OrganizationId,
  passwordHash: string,
  input: AddPartnerInput,
): Promise<void> {
  const userId = await createUser(tx, actor, at, {
    organizationId,
    organizationKind: input.kind,
    username: input.adminUsername,
    email: input.adminEmail,
    firstName: input.adminFirstName,
    lastName: input.adminLastName,
    locale: input.language,
    roles: ['global_admin'],
    passwordHash,
    temporary: true,
    onBehalfOf: input.tradingName,
  })
  await record(tx, actor, at, { action: 'user.password_shown', ...aboutUser(actor, userId) })
}
