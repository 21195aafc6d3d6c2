import { type RawBuilder, sql } from 'kysely'
import { utcDay } from '../../kernel/time.ts'
import type { Actor, Db, Locale } from '../../platform/context.ts'
import type { TradingParty } from './rules.ts'

/** A country as the program's configuration has it. Patterns are regular expressions for the whole text, in capitals. */
export interface CountryRow {
  readonly code: string
  readonly regionId: string
  readonly currency: string
  readonly culture: string
  readonly callingCode: string
  readonly postalCodePattern: string | null
  readonly postalCodeExample: string | null
  readonly stateRequired: boolean
  readonly registrationRequired: boolean
  readonly registrationPattern: string | null
  readonly registrationExample: string | null
  readonly phoneRequired: boolean
}

const countryColumns = [
  'code',
  'region_id as regionId',
  'currency',
  'culture',
  'calling_code as callingCode',
  'postal_code_pattern as postalCodePattern',
  'postal_code_example as postalCodeExample',
  'state_required as stateRequired',
  'registration_required as registrationRequired',
  'registration_pattern as registrationPattern',
  'registration_example as registrationExample',
  'phone_required as phoneRequired',
] as const

/** All countries, by their code. */
export async function readCountries(db: Db): Promise<readonly CountryRow[]> {
  return await db.selectFrom('countries').select(countryColumns).orderBy('code').execute()
}

/** One country; undefined when the program does not know the code. */
export async function readCountry(db: Db, code: string): Promise<CountryRow | undefined> {
  return await db.selectFrom('countries').select(countryColumns).where('code', '=', code).executeTakeFirst()
}

/** The region an actor trades in, or its customer's country belongs to; undefined for nobody. */
export async function readRegionOf(db: Db, actor: Actor | undefined): Promise<string | undefined> {
  if (actor === undefined) return undefined
  const { rows } = await sql<{ regionId: string }>`
    select region_id as "regionId" from organizations where id = ${actor.organizationId}
    union all
    select c.region_id from customers x join countries c on c.code = x.country where x.id = ${actor.organizationId}
    limit 1`.execute(db)
  return rows[0]?.regionId
}

/**
 * SQL for a `TradingParty` as one JSON value, or null for an unknown organization, so that any query can take parties along
 * in its own round trip. `id` is an expression of type uuid; it must not mention an alias that begins with `party`.
 */
export function tradingPartySql(id: RawBuilder<unknown>): RawBuilder<TradingParty | null> {
  return sql<TradingParty | null>`(
    select jsonb_build_object(
      'organizationId', party.id, 'kind', party.kind, 'name', party.trading_name, 'legalName', party.legal_name,
      'country', party.country, 'city', party.city, 'regionId', party.region_id,
      'regionNameEn', party_region.name_en, 'regionNameTr', party_region.name_tr, 'status', party.status,
      'emailDomain', party.email_domain, 'registrationNumber', party.registration_number,
      'enrollment', case when party_enrollment.organization_id is not null
        then jsonb_build_object('tier', party_enrollment.tier, 'status', party_enrollment.status) end,
      'location', case when party_location.id is not null
        then jsonb_build_object('id', party_location.id, 'partnerId', party_location.partner_id,
          'country', party_location.country, 'status', party_location.status) end,
      'agreementSigned', exists (select from partner_agreement_signatures party_signature
        where party_signature.organization_id = party.id and party_signature.region_id = party.region_id))
    from organizations party
    join regions party_region on party_region.id = party.region_id
    left join program_enrollments party_enrollment on party_enrollment.organization_id = party.id
    left join partner_location_accounts party_location on party_location.organization_id = party.id
    where party.id = ${id})`
}

/** An organization as the program knows it now, in one round trip; undefined when there is none. */
export async function readTradingParty(db: Db, organizationId: string): Promise<TradingParty | undefined> {
  const { rows } = await sql<{ party: TradingParty | null }>`
    select ${tradingPartySql(sql`${organizationId}::uuid`)} as party`.execute(db)
  return rows[0]?.party ?? undefined
}

export type TemplateKind =
  | 'partner'
  | 'customer'
  | 'removal_attestation'
  | 'order_attestation'
  | 'partnership_authorization'

/** A text people agree to. */
export interface Template {
  readonly kind: TemplateKind
  readonly version: string
  readonly language: Locale
  /** Lines are paragraphs; `1. ` begins a point; `{provider}` is still to be filled in. */
  readonly text: string
}

/** The newest text of a kind in force at an instant, in the reader's language. Throws when the seed rows are missing. */
export async function readTemplate(db: Db, kind: TemplateKind, language: Locale, at: Date): Promise<Template> {
  return await db
    .selectFrom('agreement_templates')
    .select(['kind', 'version', 'language', 'body as text'])
    .where('kind', '=', kind)
    .where('language', '=', language)
    .where('effective_from', '<=', utcDay(at))
    .orderBy('effective_from', 'desc')
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
}

/** Names of an organization's active users who hold a role, at most ten, by name: who can help those who do not. */
export async function readNamesHolding(
  db: Db,
  organizationId: string,
  role: 'global_admin',
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('role_assignments as a')
    .innerJoin('users as u', 'u.id', 'a.user_id')
    .select('u.display_name as name')
    .where('a.organization_id', '=', organizationId)
    .where('a.role', '=', role)
    .where('a.revoked_at', 'is', null)
    .where('u.status', '=', 'active')
    .orderBy('u.sort_key')
    .limit(10)
    .execute()
  return rows.map((row) => row.name)
}
