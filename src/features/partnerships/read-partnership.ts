import { sql } from 'kysely'
import { Refusal } from '../../kernel/errors.ts'
import { noCustomer, type PartnershipId } from '../../kernel/ids.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import type { EnrollmentStatus } from '../program/rules.ts'
import { readPartnershipRow } from './list-partnerships.ts'
import type { PartnershipDetail } from './wire.ts'

interface Facts {
  readonly legalName: string
  readonly regionName: string
  readonly supportEmail: string
  readonly supportPhone: string
  readonly supportWebsite: string
  readonly enrollment: EnrollmentStatus | null
  readonly providerAdminAccess: 'none' | 'granted' | 'revoked'
  readonly endedBySide: 'provider' | 'reseller' | null
  readonly timeline: readonly TimelineRow[]
}

interface TimelineRow {
  readonly id: string
  readonly at: string
  readonly action: string
  readonly by: string
  readonly organization: string
  readonly organizationId: string
}

/**
 * One partnership with the other side's profile and what happened, from the request on.
 *
 * @throws Refusal notFound, also for a partnership of others.
 */
export async function readPartnership(
  deps: Deps,
  actor: Actor,
  input: { readonly partnershipId: PartnershipId },
): Promise<PartnershipDetail> {
  const row = await readPartnershipRow(deps, actor, input.partnershipId)
  if (!row) throw new Refusal('notFound')
  const { rows } = await sql<Facts>`
    select o.legal_name as "legalName", ${actor.locale === 'tr' ? sql`r.name_tr` : sql`r.name_en`} as "regionName",
      o.support_email as "supportEmail", o.support_phone as "supportPhone", o.support_website as "supportWebsite",
      e.status as enrollment, p.provider_admin_access as "providerAdminAccess", p.ended_by_side as "endedBySide",
      coalesce((select jsonb_agg(to_jsonb(t) order by t.at desc, t.id desc) from (
        select a.id, a.at, a.action, a.actor_name as by, a.actor_organization as organization,
          a.actor_organization_id as "organizationId"
        from audit_records a
        where a.customer_id = ${noCustomer} and a.subject_id in (p.id::text, p.invitation_id::text)
        order by a.at desc, a.id desc
        limit 100) t), '[]') as timeline
    from partnerships p
    join organizations o on o.id = ${row.organizationId}
    join regions r on r.id = o.region_id
    left join program_enrollments e on e.organization_id = o.id
    where p.id = ${input.partnershipId}`.execute(deps.db)
  const facts = rows[0]
  if (!facts) throw new Refusal('notFound')
  return {
    ...row,
    ...facts,
    enrollment: row.status === null ? null : facts.enrollment,
    timeline: facts.timeline.map((entry) => toEntry(actor, entry)),
  }
}

/** A reseller is told which company acted, and of its own people who; its provider sees who accepted. */
function toEntry(actor: Actor, { id, at, action, by, organization, organizationId }: TimelineRow) {
  const named = actor.organizationKind === 'provider' || organizationId === actor.organizationId
  return { id, at: new Date(at).toISOString(), action, by: named ? by : null, organization }
}
