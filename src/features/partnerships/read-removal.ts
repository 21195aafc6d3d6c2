import { type RawBuilder, sql } from 'kysely'
import { Refusal } from '../../kernel/errors.ts'
import type { OrganizationId, PartnershipId } from '../../kernel/ids.ts'
import type { Actor, Deps, Locale } from '../../platform/context.ts'
import type { CsvReply } from '../../platform/route.ts'
import en from '../../strings/en/partnerships.json' with { type: 'json' }
import tr from '../../strings/tr/partnerships.json' with { type: 'json' }
import { readTemplate } from '../program/queries.ts'
import type { PartnershipRemoval } from './wire.ts'

/** How many rows of each kind a page lists, and a file; the totals count all. */
const most = { page: 100, file: 50_000 }

const exports: Readonly<Record<Locale, typeof en.removal.export>> = { en: en.removal.export, tr: tr.removal.export }

const notices: Readonly<Record<Locale, string>> = { en: en.removal.noticeTemplate, tr: tr.removal.noticeTemplate }

interface Pair {
  readonly providerId: OrganizationId
  readonly resellerId: OrganizationId
  readonly state: 'active' | 'ended'
  readonly endedAt: Date | null
  readonly name: string
}

/**
 * What the end of a partnership leaves as it is: the customers associated with the reseller, the subscriptions it is the
 * reseller of record or the support contact of, and the admin privileges it holds on customers of this provider. Asked before
 * the end it is the preview, afterwards the list of whom to tell. The attestation is in the reader's language.
 *
 * @throws Refusal notFound, also for a partnership of others.
 */
export async function readRemoval(
  deps: Deps,
  actor: Actor,
  input: { readonly partnershipId: PartnershipId },
): Promise<PartnershipRemoval> {
  return await collect(deps, actor, input, most.page)
}

async function collect(
  deps: Deps,
  actor: Actor,
  input: { readonly partnershipId: PartnershipId },
  limit: number,
): Promise<PartnershipRemoval> {
  const pair = await readPair(deps, actor, input.partnershipId)
  if (!pair) throw new Refusal('notFound')
  const [attestation, customers, ofRecord, contacts, privileges] = await Promise.all([
    readTemplate(deps.db, 'removal_attestation', actor.locale, deps.now()),
    list<PartnershipRemoval['customers']>(
      deps,
      affectedCustomers(pair, actor, deps.now()),
      limit,
      sql`sort_key, "customerId"`,
    ),
    list<PartnershipRemoval['subscriptionsAsResellerOfRecord']>(
      deps,
      affectedSubscriptions(pair),
      limit,
      bySubscription,
    ),
    list<PartnershipRemoval['supportContacts']>(deps, affectedContacts(pair), limit, bySubscription),
    list<PartnershipRemoval['privileges']>(deps, remainingPrivileges(pair), limit, sql`sort_key, name`),
  ])
  const values: Readonly<Record<string, string>> = {
    partner: pair.name,
    company: actor.organizationName,
    sender: actor.userName,
  }
  return {
    partnershipId: input.partnershipId,
    organizationId: pair.providerId === actor.organizationId ? pair.resellerId : pair.providerId,
    name: pair.name,
    state: pair.state,
    endedAt: pair.endedAt?.toISOString() ?? null,
    attestation: { version: attestation.version, language: attestation.language, text: attestation.text },
    customers,
    subscriptionsAsResellerOfRecord: ofRecord,
    supportContacts: contacts,
    privileges,
    noticeTemplate: notices[actor.locale].replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? ''),
  }
}

/** The same lists as a file, to work through: one line for each thing that stays and whom it concerns. */
export async function exportRemoval(
  deps: Deps,
  actor: Actor,
  input: { readonly partnershipId: PartnershipId },
): Promise<CsvReply> {
  const removal = await collect(deps, actor, input, most.file)
  const { fileName, column, kind } = exports[actor.locale]
  const rows = [
    ...removal.customers.items.map((one) => [kind.customer, one.name, one.contactName, one.contactEmail]),
    ...removal.subscriptionsAsResellerOfRecord.items.map((one) => [
      kind.ofRecord,
      one.customer,
      one.title,
      one.quantity,
    ]),
    ...removal.supportContacts.items.map((one) => [kind.support, one.customer, one.title, '']),
    ...removal.privileges.items.map((one) => [kind.privilege, one.customer, one.name, one.endsAt]),
  ]
  return {
    fileName,
    columns: [column.kind, column.customer, column.what, column.detail],
    rows: (async function* () {
      yield* rows
    })(),
  }
}

async function readPair(deps: Deps, actor: Actor, id: PartnershipId): Promise<Pair | undefined> {
  const { rows } = await sql<Pair>`
    select p.provider_id as "providerId", p.reseller_id as "resellerId", p.state, p.ended_at as "endedAt",
      o.trading_name as name
    from partnerships p
    join organizations o on o.id = case when p.provider_id = ${actor.organizationId} then p.reseller_id else p.provider_id end
    where p.id = ${id} and ${actor.organizationId} in (p.provider_id, p.reseller_id)`.execute(deps.db)
  return rows[0]
}

const bySubscription = sql`sort_key, "subscriptionId"`

async function list<Bounded extends { readonly total: number; readonly items: readonly unknown[] }>(
  deps: Deps,
  found: RawBuilder<unknown>,
  limit: number,
  order: RawBuilder<unknown>,
): Promise<Bounded> {
  const { rows } = await sql<Bounded>`
    with found as (${found})
    select (select count(*)::int from found) as total,
      coalesce((select jsonb_agg(to_jsonb(first) - 'sort_key') from (
        select * from found order by ${order} limit ${limit}) first), '[]') as items`.execute(deps.db)
  return rows[0] as Bounded
}

/** Whom to tell there only if the reader sees the customer's details: created by it, or with live privileges. Source: F84. */
function affectedCustomers({ providerId, resellerId }: Pair, { organizationId }: Actor, at: Date): RawBuilder<unknown> {
  return sql`
    select c.id as "customerId", c.legal_name as name, c.sort_key,
      case when details.seen then c.contact_first_name || ' ' || c.contact_last_name else '' end as "contactName",
      case when details.seen then c.contact_email else '' end as "contactEmail"
    from customer_reseller_associations a
    join customers c on c.id = a.customer_id
    cross join lateral (select exists (select from customer_relationships t
      where t.customer_id = c.id and t.partner_id = ${organizationId} and t.state = 'active'
        and (t.via = 'created' or exists (select from admin_relationships g
          where g.customer_id = c.id and g.partner_id = ${organizationId} and g.status = 'active' and g.ends_at > ${at})))
      as seen) details
    where a.reseller_id = ${resellerId} and a.provider_id = ${providerId} and a.ended_at is null`
}

const running = sql`s.status in ('pending', 'active', 'suspended', 'renewing', 'expired', 'disabled')`

function affectedSubscriptions({ providerId, resellerId }: Pair): RawBuilder<unknown> {
  return sql`
    select s.id as "subscriptionId", s.customer_id as "customerId", c.legal_name as customer,
      coalesce(nullif(s.friendly_name, ''), s.title) as title, s.quantity, c.sort_key
    from resellers_of_record r
    join subscriptions s on s.customer_id = r.customer_id and s.id = r.subscription_id
    join customers c on c.id = s.customer_id
    where r.reseller_id = ${resellerId} and r.valid_to is null and s.provider_id = ${providerId} and ${running}`
}

function affectedContacts({ providerId, resellerId }: Pair): RawBuilder<unknown> {
  return sql`
    select s.id as "subscriptionId", s.customer_id as "customerId", c.legal_name as customer,
      coalesce(nullif(s.friendly_name, ''), s.title) as title, c.sort_key
    from support_contacts k
    join subscriptions s on s.customer_id = k.customer_id and s.id = k.subscription_id
    join customers c on c.id = s.customer_id
    where k.partner_id = ${resellerId} and k.valid_to is null and s.provider_id = ${providerId} and ${running}`
}

/** Only on customers of this provider: what else the reseller holds is between it and others. */
function remainingPrivileges({ providerId, resellerId }: Pair): RawBuilder<unknown> {
  return sql`
    select g.customer_id as "customerId", c.legal_name as customer, g.name,
      to_char(g.ends_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "endsAt", c.sort_key
    from admin_relationships g
    join customers c on c.id = g.customer_id
    where g.partner_id = ${resellerId} and g.status = 'active'
      and exists (select from customer_relationships x
        where x.customer_id = g.customer_id and x.partner_id = ${providerId} and x.state = 'active')`
}
