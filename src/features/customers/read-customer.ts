import { sql } from 'kysely'
import { Refusal } from '../../kernel/errors.ts'
import type { CustomerId } from '../../kernel/ids.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { iso } from '../../platform/sql.ts'
import { worldNow } from '../../platform/world-clock.ts'
import { customerForActor, type VisibleCustomer } from './queries.ts'
import type { CustomerDetail } from './wire.ts'

type Account = NonNullable<CustomerDetail['account']>

/**
 * A customer with everything its record and its Account page show, as far as the actor may see it: another provider's part, or
 * another reseller's, is not in it. Whoever has single subscriptions only gets the name.
 *
 * @throws Refusal notFound
 */
export async function readCustomer(
  deps: Deps,
  actor: Actor,
  { customerId }: { readonly customerId: CustomerId },
): Promise<CustomerDetail> {
  const customer = await customerForActor(deps.db, actor, customerId, worldNow(deps, actor))
  if (!customer) throw new Refusal('notFound')
  const { id, name } = customer
  if (!customer.grants.account) {
    return { id, name, primaryDomain: null, country: null, access: 'subscriptions', account: null }
  }
  const account = await readAccount(deps, actor, customer)
  const { primaryDomain, country } = customer
  return { id, name, primaryDomain, country, access: 'account', account }
}

async function readAccount(deps: Deps, actor: Actor, customer: VisibleCustomer): Promise<Account> {
  const isProvider = actor.organizationKind === 'provider'
  const sellers = [...customer.providerIds]
  const own = actor.organizationId
  const theirs = sql`c.id and s.provider_id = any(${sellers}::uuid[])`
  const { rows } = await sql<Omit<Account, 'details' | 'mayWrite' | 'agreement'> & Stored>`
    select c.version, c.segment,
      (select jsonb_build_object('via', r.via, 'since', ${iso('r.started_at')}) from customer_relationships r
        where r.customer_id = c.id and r.partner_id = ${own} and r.state = 'active') as relationship,
      jsonb_build_object('legalName', c.legal_name, 'tenantName', coalesce(nullif(c.tenant_name, ''), c.legal_name),
        'country', c.country, 'addressLine1', c.address_line1, 'addressLine2', c.address_line2, 'city', c.city,
        'district', c.district, 'state', c.state, 'postalCode', c.postal_code,
        'registrationNumber', coalesce(c.registration_number, ''), 'taxOffice', c.tax_office) as company,
      jsonb_build_object('firstName', c.contact_first_name, 'lastName', c.contact_last_name, 'email', c.contact_email,
        'phone', c.contact_phone, 'language', c.language) as contact,
      coalesce((
        select jsonb_agg(jsonb_build_object('id', a.reseller_id, 'name', o.trading_name, 'partnerId', l.partner_id,
          'since', ${iso('a.created_at')}, 'grantedBy', ${isProvider ? sql`a.created_by_name` : sql`''`},
          'partnershipActive', exists (select from partnerships p where p.provider_id = a.provider_id
            and p.reseller_id = a.reseller_id and p.state = 'active')) order by o.sort_key)
        from customer_reseller_associations a
        join organizations o on o.id = a.reseller_id
        left join partner_location_accounts l on l.organization_id = o.id
        where a.customer_id = c.id and a.provider_id = any(${sellers}::uuid[]) and a.ended_at is null
          and (${isProvider} or a.reseller_id = ${own})), '[]') as resellers,
      coalesce((
        select jsonb_agg(jsonb_build_object('id', o.id, 'name', o.trading_name) order by o.sort_key)
        from organizations o where ${!isProvider} and o.id = any(${sellers}::uuid[])), '[]') as providers,
      (select jsonb_build_object('method', g.method, 'version', g.template_version, 'firstName', g.first_name,
          'lastName', g.last_name, 'email', g.email, 'phone', g.phone, 'acceptedOn', g.accepted_on,
          'recordedBy', g.recorded_by_name, 'recordedAt', ${iso('g.recorded_at')})
        from customer_agreement_acceptances g
        where ${isProvider} and g.customer_id = c.id and g.superseded_at is null
          and (g.provider_id is null or g.provider_id = ${own})
        order by (g.method = 'direct') desc limit 1) as acceptance,
      (select jsonb_build_object('id', s.id, 'number', s.number, 'submittedAt', ${iso('s.submitted_at')})
        from orders s where s.customer_id = ${theirs} order by s.submitted_at desc, s.id desc limit 1) as "lastOrder",
      (select jsonb_build_object('subscriptionId', s.id, 'title', s.title, 'on', s.end_on, 'renews', s.auto_renew)
        from subscriptions s
        where s.customer_id = ${theirs} and s.status in ('active', 'suspended') and s.end_on is not null
        order by s.end_on, s.id limit 1) as "nextRenewal",
      (select jsonb_build_object('total', count(*), 'active', count(*) filter (where s.status = 'active'),
          'pending', count(*) filter (where s.status = 'pending'),
          'suspended', count(*) filter (where s.status = 'suspended'),
          'licenses', coalesce(sum(s.quantity) filter (where s.status = 'active'), 0))
        from subscriptions s where s.customer_id = ${theirs}) as subscriptions,
      coalesce((
        select jsonb_agg(jsonb_build_object('id', g.id, 'name', g.name, 'roles', to_jsonb(g.roles),
          'status', case when g.status = 'active' and g.ends_at <= ${worldNow(deps, actor)} then 'expired' else g.status end,
          'activatedAt', ${iso('g.activated_at')}, 'endsAt', ${iso('g.ends_at')}) order by g.activated_at desc, g.id)
        from admin_relationships g where g.customer_id = c.id and g.partner_id = ${own}), '[]') as "adminRelationships"
    from customers c where c.id = ${customer.id}`.execute(deps.db)
  const [row] = rows
  if (!row) throw new Refusal('notFound')
  const { company, contact, acceptance, ...account } = row
  return {
    ...account,
    details: customer.grants.details ? { company, contact } : null,
    agreement: { status: customer.agreement, acceptance },
    mayWrite: customer.mayWrite,
  }
}

interface Stored {
  readonly company: NonNullable<Account['details']>['company']
  readonly contact: NonNullable<Account['details']>['contact']
  readonly acceptance: Account['agreement']['acceptance']
}
