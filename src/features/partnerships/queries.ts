import { sql } from 'kysely'
import { Refusal, type RefusalDetail, type RefusalName } from '../../kernel/errors.ts'
import type { OrganizationId, PartnershipId } from '../../kernel/ids.ts'
import { likePattern, searchKey } from '../../kernel/text.ts'
import type { Actor, Db } from '../../platform/context.ts'
import { refusalSentence } from '../../platform/sentences.ts'
import { tradingPartySql } from '../program/queries.ts'
import { resolveMpnIds } from '../program/resolve-mpn-id.ts'
import { type TradingParty, whyPartnerIdCannotBeUsed } from '../program/rules.ts'
import { type PartnershipState, whyPartnershipCannotBeUsed } from './rules.ts'

/** A partnership that may be used for something new, and the reseller in it. */
export interface UsablePartnership {
  readonly partnershipId: PartnershipId
  readonly reseller: TradingParty & { readonly location: NonNullable<TradingParty['location']> }
}

/**
 * Makes sure that a provider may start something new with a reseller: they are partners now, and the reseller is enrolled,
 * not suspended, of the same region, and signed the partner agreement. An unknown reseller is no partner. Inside a transaction
 * the partnership is held, so that it cannot end before what relies on it is stored.
 *
 * @throws Refusal partnershipRequired, resellerAgreementMissing (names the region and who can sign), notEnrolledReseller,
 *   partnerSuspended, wrongRegion.
 */
export async function requireActivePartnership(
  db: Db,
  providerId: OrganizationId,
  resellerId: OrganizationId,
): Promise<UsablePartnership> {
  const found = await readPartnerships(db, providerId, [resellerId])
  return usable(found.get(resellerId), resellerId)
}

/**
 * As `requireActivePartnership`, for the resellers that partner ids (MPN IDs) stand for, each named as often as one likes.
 * As few round trips for many ids as for one.
 *
 * @throws Refusal mpnIdNotFound, globalIdUsed, wrongLocationId, notAnIndirectReseller, and those of
 *   `requireActivePartnership`, each with the id in `data`.
 */
export async function requireResellersByPartnerId(
  db: Db,
  providerId: OrganizationId,
  partnerIds: readonly string[],
): Promise<ReadonlyMap<string, UsablePartnership>> {
  const wanted = [...new Set(partnerIds)]
  if (wanted.length === 0) return new Map()
  const ids = await resolveMpnIds(db, wanted)
  const owners = new Map<string, OrganizationId>()
  for (const partnerId of wanted) {
    const id = ids.get(partnerId)
    const why = whyPartnerIdCannotBeUsed(id)
    if (why !== null) throw new Refusal(why, { data: [partnerId] })
    if (id?.organizationId) owners.set(partnerId, id.organizationId)
  }
  const found = await readPartnerships(db, providerId, [...owners.values()])
  return new Map([...owners].map(([partnerId, owner]) => [partnerId, usable(found.get(owner), partnerId)]))
}

/** A provider's or reseller's choice of an indirect reseller for something new, and why it may not be chosen. */
export interface ResellerChoice {
  readonly resellerId: OrganizationId
  readonly partnershipId: PartnershipId
  readonly name: string
  readonly partnerId: string
  readonly country: string
  readonly city: string
  readonly agreementSigned: boolean
  readonly selectable: boolean
  readonly reason: RefusalName | null
  /** The reason as a sentence in the actor's language. */
  readonly reasonText: string | null
}

/** At most this many choices come at once; a provider with more resellers searches. */
const mostChoices = 200

/**
 * The resellers an acting provider may put on something new, by name: those of its active partnerships, never of ended ones.
 * Whoever cannot be chosen now stays in the list with the reason. For a reseller's user the list is empty.
 */
export async function listSelectableResellers(
  db: Db,
  actor: Actor,
  { search }: { readonly search?: string | undefined } = {},
): Promise<readonly ResellerChoice[]> {
  const key = searchKey(search ?? '')
  const { rows } = await sql<{ id: PartnershipId; regionId: string; reseller: TradingParty }>`
    select p.id, p.region_id as "regionId", ${tradingPartySql(sql`p.reseller_id`)} as reseller
    from partnerships p
    join organizations o on o.id = p.reseller_id
    where p.provider_id = ${actor.organizationId} and p.state = 'active'
      and (${key} = '' or o.search_key like ${likePattern(key)})
    order by o.sort_key, o.id
    limit ${mostChoices}`.execute(db)
  return rows.map(({ id, regionId, reseller }) => {
    const reason = whyPartnershipCannotBeUsed('active', reseller, regionId)
    return {
      resellerId: reseller.organizationId,
      partnershipId: id,
      name: reseller.name,
      partnerId: reseller.location?.partnerId ?? '',
      country: reseller.country,
      city: reseller.city,
      agreementSigned: reseller.agreementSigned,
      selectable: reason === null,
      reason,
      reasonText: reason && refusalSentence(actor.locale, reason, paramsOf(reseller)),
    }
  })
}

interface Found {
  readonly partnershipId: PartnershipId | null
  readonly regionId: string
  readonly reseller: TradingParty
}

async function readPartnerships(
  db: Db,
  providerId: OrganizationId,
  resellerIds: readonly OrganizationId[],
): Promise<ReadonlyMap<string, Found>> {
  const resellers = sql`any(${[...new Set(resellerIds)]}::uuid[])`
  // The lock first: what is read after it is what stands.
  if (db.isTransaction) {
    await sql`
      select from partnerships where provider_id = ${providerId} and reseller_id = ${resellers} and state = 'active'
      for share`.execute(db)
  }
  const { rows } = await sql<Found>`
    select p.id as "partnershipId", provider.region_id as "regionId", ${tradingPartySql(sql`o.id`)} as reseller
    from organizations o
    join organizations provider on provider.id = ${providerId}
    left join partnerships p on p.provider_id = provider.id and p.reseller_id = o.id and p.state = 'active'
    where o.id = ${resellers}`.execute(db)
  return new Map(rows.map((row) => [row.reseller.organizationId, row]))
}

function usable(found: Found | undefined, asked: string): UsablePartnership {
  const state: PartnershipState | undefined = found?.partnershipId ? 'active' : undefined
  const why = whyPartnershipCannotBeUsed(state, found?.reseller, found?.regionId ?? '')
  if (why !== null) throw new Refusal(why, detailOf(found?.reseller, asked, why))
  const location = found?.reseller.location
  if (!found?.partnershipId || !location)
    throw new Error(`Partnership with ${asked} passed its rules without its facts.`)
  return { partnershipId: found.partnershipId, reseller: { ...found.reseller, location } }
}

/** Who it is about is told only of partners: to others an organization they ask for does not exist. */
function detailOf(reseller: TradingParty | undefined, asked: string, why: RefusalName): RefusalDetail {
  if (reseller === undefined || why === 'partnershipRequired') return { data: [asked] }
  return { data: [asked], params: paramsOf(reseller) }
}

/** What the sentences of `whyResellerCannotTrade`'s refusals say about a reseller. */
export function paramsOf({ name, regionNameEn, regionNameTr }: TradingParty): Readonly<Record<string, string>> {
  return { reseller: name, regionEn: regionNameEn, regionTr: regionNameTr }
}
