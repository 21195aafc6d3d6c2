import { sql } from 'kysely'
import { fieldRefusal, Refusal } from '../../kernel/errors.ts'
import { page, type Page, unpackCursor } from '../../kernel/paging.ts'
import { likePattern, searchKey } from '../../kernel/text.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { readRegionOf } from './queries.ts'
import type { DirectoryEntry, DirectoryProfile } from './wire.ts'

/** What the directory is asked for. */
export interface DirectoryFilters {
  readonly search?: string | undefined
  readonly country?: string | undefined
  readonly region?: 'own' | 'all' | undefined
  readonly cursor?: string | undefined
  readonly size: number
}

/**
 * A page of the provider directory, by name: the listed providers, for the operator also those that are not. Descriptions
 * are in the reader's language.
 *
 * @throws Refusal invalidRequest for a cursor this list did not give.
 */
export async function listDirectory(
  deps: Deps,
  actor: Actor,
  filters: DirectoryFilters,
): Promise<Page<DirectoryEntry>> {
  const after = filters.cursor === undefined ? ['', ''] : unpackCursor(filters.cursor, 2)
  if (after === undefined) throw fieldRefusal('cursor', 'invalid')
  const key = searchKey(filters.search ?? '')
  const ownRegion = (await readRegionOf(deps.db, actor)) ?? null
  const { rows } = await sql<DirectoryEntry & { sortKey: string }>`
    select ${entryColumns(actor, ownRegion)}, o.sort_key as "sortKey"
    ${directoryTables}
    where o.kind = 'provider' and (coalesce(d.listed, false) or ${actor.organizationKind} = 'operator')
      and (${key} = '' or o.search_key like ${likePattern(key)})
      and (${filters.country ?? null}::text is null or o.country = ${filters.country ?? null})
      and (${filters.region ?? 'all'} = 'all' or o.region_id = ${ownRegion})
      and (${after[1] ?? ''} = '' or (o.sort_key, o.id::text) > (${after[0] ?? ''}, ${after[1] ?? ''}))
    order by o.sort_key, o.id::text
    limit ${filters.size + 1}`.execute(deps.db)
  const cut = page(rows, filters.size, (row) => [row.sortKey, row.providerId])
  return { ...cut, items: cut.items.map(({ sortKey: _, ...entry }) => entry) }
}

/**
 * A provider's directory entry as resellers see it. A provider that is not listed is seen by itself, with the reason, and by
 * the operator; the representative's address is for those two as well.
 *
 * @throws Refusal notFound
 */
export async function readDirectoryProfile(
  deps: Deps,
  actor: Actor,
  { providerId }: { readonly providerId: string },
): Promise<DirectoryProfile> {
  const ownRegion = (await readRegionOf(deps.db, actor)) ?? null
  const { rows } = await sql<DirectoryProfile>`
    select ${entryColumns(actor, ownRegion)}, o.legal_name as "legalName", l.partner_id as "partnerId",
      coalesce(d.description_en, '') as "descriptionEn", coalesce(d.description_tr, '') as "descriptionTr",
      jsonb_build_object('line1', o.address_line1, 'line2', o.address_line2, 'city', o.city, 'state', o.state,
        'postalCode', o.postal_code, 'country', o.country) as address,
      coalesce(d.not_listed_reason, '') as "notListedReason", d.updated_at as "updatedAt", coalesce(d.version, 0) as version,
      case when d.provider_id is not null and (${actor.organizationKind} = 'operator' or o.id = ${actor.organizationId})
        then jsonb_build_object('name', d.representative_name, 'email', d.representative_email,
          'phone', d.representative_phone) end as representative
    ${directoryTables}
    left join partner_location_accounts l on l.organization_id = o.id
    where o.kind = 'provider' and o.id = ${providerId}
      and (coalesce(d.listed, false) or o.id = ${actor.organizationId} or ${actor.organizationKind} = 'operator')`.execute(
    deps.db,
  )
  const profile = rows[0]
  if (profile === undefined) throw new Refusal('notFound')
  return profile
}

/**
 * What a provider is told when it tries to change its own entry: only the operator may, through the vendor's
 * representative, who is named.
 *
 * @throws Refusal profileReadOnly, always
 */
export async function refuseProfileChange(deps: Deps, actor: Actor): Promise<never> {
  const row = await deps.db
    .selectFrom('directory_profiles')
    .select(['representative_name as name', 'representative_email as email', 'representative_phone as phone'])
    .where('provider_id', '=', actor.organizationId)
    .executeTakeFirst()
  throw new Refusal('profileReadOnly', {
    data: row ? [row.name, row.email, row.phone] : [],
    params: { representative: row?.name ?? '', email: row?.email ?? '' },
  })
}

/** Who reads decides the language, and whether a provider is of the reader's own region. */
function entryColumns(actor: Actor, ownRegion: string | null) {
  return sql`o.id as "providerId", o.trading_name as name, o.country, o.city, o.region_id as "regionId",
    ${actor.locale === 'tr' ? sql`r.name_tr` : sql`r.name_en`} as "regionName",
    coalesce(o.region_id = ${ownRegion}, false) as "inRegion",
    coalesce(${actor.locale === 'tr' ? sql`d.description_tr` : sql`d.description_en`}, '') as description,
    coalesce(d.services, '{}') as services, coalesce(d.website, '') as website,
    coalesce(d.contact_email, '') as "contactEmail", coalesce(d.contact_phone, '') as "contactPhone",
    coalesce(d.listed, false) as listed`
}

const directoryTables = sql`from organizations o
    join regions r on r.id = o.region_id
    left join directory_profiles d on d.provider_id = o.id`
