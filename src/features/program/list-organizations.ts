import { sql } from 'kysely'
import { fieldRefusal } from '../../kernel/errors.ts'
import { page, type Page, unpackCursor } from '../../kernel/paging.ts'
import { likePattern, searchKey } from '../../kernel/text.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { worldNow } from '../../platform/world-clock.ts'
import type { OrganizationRow } from './wire.ts'

/**
 * A page of the providers and resellers of the program, by name: what the operator may know of each, which is its standing
 * and nothing of its business.
 *
 * @throws Refusal invalidRequest for a cursor this list did not give.
 */
export async function listOrganizations(
  deps: Deps,
  actor: Actor,
  filters: {
    readonly search?: string | undefined
    readonly kind?: 'provider' | 'reseller' | undefined
    readonly cursor?: string | undefined
    readonly size: number
  },
): Promise<Page<OrganizationRow>> {
  const timeIn = (offset: bigint | null) =>
    offset === null ? null : worldNow(deps, { clockOffsetMs: Number(offset) }).toISOString()
  const after = filters.cursor === undefined ? ['', ''] : unpackCursor(filters.cursor, 2)
  if (after === undefined) throw fieldRefusal('cursor', 'invalid')
  const key = searchKey(filters.search ?? '')
  const { rows } = await sql<Omit<OrganizationRow, 'sandboxNow'> & { sortKey: string; clockOffsetMs: bigint | null }>`
    select o.id, o.kind, o.trading_name as name, o.legal_name as "legalName", o.country, o.city,
      ${actor.locale === 'tr' ? sql`r.name_tr` : sql`r.name_en`} as "regionName", o.status, l.partner_id as "partnerId",
      e.status as enrollment, d.listed, o.sort_key as "sortKey",
      case when o.world = 'sandbox' then o.clock_offset_ms end as "clockOffsetMs",
      exists (select from partner_agreement_signatures s
        where s.organization_id = o.id and s.region_id = o.region_id) as "agreementSigned"
    from organizations o
    join regions r on r.id = o.region_id
    left join partner_location_accounts l on l.organization_id = o.id
    left join program_enrollments e on e.organization_id = o.id
    left join directory_profiles d on d.provider_id = o.id
    where o.kind in ('provider', 'reseller') and (${filters.kind ?? null}::text is null or o.kind = ${filters.kind ?? null})
      and (${key} = '' or o.search_key like ${likePattern(key)})
      and (${after[1] ?? ''} = '' or (o.sort_key, o.id::text) > (${after[0] ?? ''}, ${after[1] ?? ''}))
    order by o.sort_key, o.id::text
    limit ${filters.size + 1}`.execute(deps.db)
  const cut = page(rows, filters.size, (row) => [row.sortKey, row.id])
  return {
    ...cut,
    items: cut.items.map(({ sortKey: _, clockOffsetMs, ...row }) => ({ ...row, sandboxNow: timeIn(clockOffsetMs) })),
  }
}
