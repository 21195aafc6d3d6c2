import { sql } from 'kysely'
import type { Actor, Deps } from '../../platform/context.ts'
import { readTemplate } from '../program/queries.ts'
import type { MyPartners } from './wire.ts'

interface Accepted {
  readonly method: 'attested' | 'direct'
  readonly acceptedOn: string
  readonly acceptedBy: string
}

/**
 * A customer's partners and what each may do, by name: relationship, delegation, single subscriptions, privileges. Each is a
 * grant of its own, so a partner may have any of them without the others. Former privileges are not listed.
 */
export async function readMyPartners(deps: Deps, actor: Actor): Promise<MyPartners> {
  const own = actor.organizationId
  const at = deps.now()
  const { rows } = await sql<MyPartners['partners'][number]>`
    with partners (id) as (
      select partner_id from customer_relationships where customer_id = ${own} and state = 'active'
      union select reseller_id from customer_reseller_associations where customer_id = ${own} and ended_at is null
      union select reseller_id from resellers_of_record where customer_id = ${own} and valid_to is null
      union select partner_id from support_contacts where customer_id = ${own} and valid_to is null
      union select partner_id from admin_relationships where customer_id = ${own} and status = 'active' and ends_at > ${at}
    )
    select o.id, o.trading_name as name, o.kind, o.city, o.country, o.support_email as "supportEmail",
      o.support_phone as "supportPhone",
      (select to_char(r.started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') from customer_relationships r
        where r.customer_id = ${own} and r.partner_id = o.id and r.state = 'active') as "relationshipSince",
      coalesce((
        select jsonb_agg(jsonb_build_object('providerName', p.trading_name,
          'since', to_char(a.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by p.sort_key)
        from customer_reseller_associations a join organizations p on p.id = a.provider_id
        where a.customer_id = ${own} and a.reseller_id = o.id and a.ended_at is null), '[]') as manages,
      (select count(*)::int from resellers_of_record x
        where x.customer_id = ${own} and x.reseller_id = o.id and x.valid_to is null) as "subscriptionsAsReseller",
      (select count(*)::int from support_contacts x
        where x.customer_id = ${own} and x.partner_id = o.id and x.valid_to is null) as "subscriptionsAsSupportContact",
      coalesce((
        select jsonb_agg(jsonb_build_object('id', g.id, 'name', g.name, 'roles', to_jsonb(g.roles), 'status', g.status,
          'activatedAt', to_char(g.activated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
          'endsAt', to_char(g.ends_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by g.ends_at, g.id)
        from admin_relationships g where g.customer_id = ${own} and g.partner_id = o.id
          and g.status = 'active' and g.ends_at > ${at}), '[]') as privileges
    from organizations o join partners on partners.id = o.id
    order by o.kind, o.sort_key, o.id
    limit 200`.execute(deps.db)

  const { rows: accepted } = await sql<Accepted>`
    select method, accepted_on as "acceptedOn", first_name || ' ' || last_name as "acceptedBy"
    from customer_agreement_acceptances where customer_id = ${own} and superseded_at is null
    order by (method = 'direct') desc, recorded_at desc limit 1`.execute(deps.db)
  const [agreement] = accepted
  const { version, text } = await readTemplate(deps.db, 'customer', actor.locale, at)
  return {
    agreement: {
      status: agreement?.method ?? 'missing',
      acceptedOn: agreement?.acceptedOn ?? null,
      acceptedBy: agreement?.acceptedBy ?? null,
      version,
      text,
    },
    partners: [...rows],
  }
}
