import { sql } from 'kysely'
import type { Db } from '../../platform/context.ts'
import type { ResolvedPartnerId } from './rules.ts'

/**
 * Finds out what partner ids stand for, in one round trip. Ids nobody has are missing from the result.
 *
 * For a location that is not the one its owner came with, `onboardedPartnerId` names that one: of the same country first.
 */
export async function resolveMpnIds(
  db: Db,
  partnerIds: readonly string[],
): Promise<ReadonlyMap<string, ResolvedPartnerId>> {
  const { rows } = await sql<ResolvedPartnerId>`
    select p.partner_id as "partnerId", p.kind, l.organization_id as "organizationId", o.kind as "organizationKind",
      coalesce(g.legal_name, o.legal_name, lg.legal_name) as "legalName", coalesce(l.country, g.country) as country,
      l.status as "locationStatus",
      case when l.organization_id is not null then l.partner_id else (
        select s.partner_id from partner_location_accounts s
        where s.global_account_id = coalesce(l.global_account_id, g.id) and s.organization_id is not null
          and s.status = 'active'
        order by s.country <> coalesce(l.country, g.country), s.partner_id limit 1) end as "onboardedPartnerId"
    from partner_ids p
    left join partner_global_accounts g on g.partner_id = p.partner_id
    left join partner_location_accounts l on l.partner_id = p.partner_id
    left join partner_global_accounts lg on lg.id = l.global_account_id
    left join organizations o on o.id = l.organization_id
    where p.partner_id = any(${[...partnerIds]}::text[])`.execute(db)
  return new Map(rows.map((row) => [row.partnerId, row]))
}

/** As `resolveMpnIds`, for one id. */
export async function resolveMpnId(db: Db, partnerId: string): Promise<ResolvedPartnerId | undefined> {
  return (await resolveMpnIds(db, [partnerId])).get(partnerId)
}
