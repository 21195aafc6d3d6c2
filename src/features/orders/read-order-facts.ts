import { sql } from 'kysely'
import type { CustomerId, OrganizationId } from '../../kernel/ids.ts'
import { utcDay } from '../../kernel/time.ts'
import { type Send, type Statement, textOf } from '../../platform/batch.ts'
import type { MarketPrice, Ownership } from '../catalog/rules.ts'
import { tradingPartySql } from '../program/queries.ts'
import type { ResolvedPartnerId, TradingParty } from '../program/rules.ts'
import type { OfferFacts, OrderFacts, ResellerFacts, Wanted } from './rules.ts'

/** Who an order is for: a customer, or the country and segment of one that is not there yet. */
export type Buyer = { readonly id: CustomerId } | { readonly country: string; readonly segment: string }

/** How to reach the provider, as it is copied onto subscriptions as their first support contact. */
export interface ProviderContact {
  readonly name: string
  readonly email: string
  readonly phone: string
  readonly website: string
}

export interface ReadOrderFacts extends OrderFacts {
  readonly supportContact: ProviderContact
}

/**
 * Reads everything an order is decided by, in one trip to the database. Inside a transaction the customer and the partnerships
 * are held until it ends (`hold`): so two orders for one customer cannot both take the last one allowed, and neither the
 * relationship with the customer nor a partnership that a line relies on can end in between.
 */
export async function readOrderFacts(
  send: Send,
  providerId: OrganizationId,
  buyer: Buyer,
  lines: readonly Wanted[],
  at: Date,
  { hold }: { readonly hold: boolean },
): Promise<ReadOrderFacts> {
  const partnerIds = [...new Set(lines.flatMap(({ resellerPartnerId }) => resellerPartnerId ?? []))]
  const customerId = 'id' in buyer ? buyer.id : null
  const country = 'id' in buyer ? null : buyer.country
  const segment = 'id' in buyer ? null : buyer.segment
  const [, , parties, resellers, offers] = await Promise.all([
    hold && customerId ? send(holdCustomer(customerId)) : undefined,
    hold && partnerIds.length > 0 ? send(holdPartnerships(partnerIds, providerId)) : undefined,
    send<PartiesRow>(partiesStatement(customerId, providerId, country, segment, at)),
    partnerIds.length > 0 ? send<ResellerRow>(resellersStatement(partnerIds, providerId)) : [],
    send<OfferRow>(offersStatement(customerId, providerId, country, segment, at, lines)),
  ])
  const found = parties[0]
  if (!found) throw new Error(`There is no provider ${providerId}.`)
  return {
    customer: found.country
      ? {
          name: found.customerName,
          country: found.country,
          regionId: found.customerRegionId,
          segment: found.segment,
          agreementAccepted: found.agreementAccepted,
          identity:
            found.domain === null ? null : { domain: found.domain, registrationNumber: found.registrationNumber },
        }
      : undefined,
    provider: found.provider,
    supportContact: {
      name: found.provider.name,
      email: found.supportEmail,
      phone: found.supportPhone,
      website: found.supportWebsite,
    },
    attestationVersion: found.attestationVersion,
    offers: offers.map(factsOf),
    resellers: new Map(resellers.map((row) => [row.partnerId, resellerOf(row)])),
  }
}

/** A statement of its own: what is read after it is read as of now, not as of before the wait. */
function holdCustomer(customerId: CustomerId): Statement {
  return {
    name: 'hold_customer',
    text: 'select from customers where id = $1::uuid for no key update',
    values: [customerId],
  }
}

function holdPartnerships(partnerIds: readonly string[], providerId: OrganizationId): Statement {
  return {
    name: 'hold_partnerships',
    text: `select from partnerships s join partner_location_accounts l on l.organization_id = s.reseller_id
      where l.partner_id = any($1::text[]) and s.provider_id = $2::uuid and s.state = 'active' for share of s`,
    values: [partnerIds, providerId],
  }
}

interface PartiesRow {
  readonly provider: TradingParty
  readonly supportEmail: string
  readonly supportPhone: string
  readonly supportWebsite: string
  readonly attestationVersion: string
  readonly customerName: string | null
  readonly country: string | null
  readonly customerRegionId: string
  readonly segment: string
  readonly agreementAccepted: boolean
  readonly domain: string | null
  readonly registrationNumber: string
}

const partiesText = `
  select ${textOf(tradingPartySql(sql.raw('$2::uuid')))} as provider,
    o.support_email as "supportEmail", o.support_phone as "supportPhone", o.support_website as "supportWebsite",
    (select t.version from agreement_templates t where t.kind = 'order_attestation' and t.effective_from <= $5::date
      order by t.effective_from desc, t.version desc limit 1) as "attestationVersion",
    c.legal_name as "customerName", n.code as country, n.region_id as "customerRegionId",
    coalesce(c.segment, $4::text) as segment,
    c.primary_domain as domain, coalesce(c.registration_number, '') as "registrationNumber",
    exists (select from customer_agreement_acceptances a where a.customer_id = c.id and a.superseded_at is null
      and (a.provider_id is null or a.provider_id = $2::uuid)) as "agreementAccepted"
  from organizations o
  left join customers c on c.id = $1::uuid and exists (select from customer_relationships r
    where r.customer_id = c.id and r.partner_id = $2::uuid and r.state = 'active')
  left join countries n on n.code = coalesce(c.country, $3::text)
  where o.id = $2::uuid`

function partiesStatement(
  customerId: CustomerId | null,
  providerId: OrganizationId,
  country: string | null,
  segment: string | null,
  at: Date,
): Statement {
  return { name: 'order_parties', text: partiesText, values: [customerId, providerId, country, segment, utcDay(at)] }
}

interface ResellerRow extends ResolvedPartnerId {
  readonly party: TradingParty | null
  readonly isPartner: boolean
}

const resellersText = `
  select p.partner_id as "partnerId", p.kind, l.organization_id as "organizationId", o.kind as "organizationKind",
    null as "onboardedPartnerId", coalesce(o.legal_name, '') as "legalName", coalesce(l.country, '') as country,
    l.status as "locationStatus", ${textOf(tradingPartySql(sql.raw('o.id')))} as party,
    exists (select from partnerships s where s.provider_id = $2::uuid and s.reseller_id = o.id and s.state = 'active') as "isPartner"
  from partner_ids p
  left join partner_location_accounts l on l.partner_id = p.partner_id
  left join organizations o on o.id = l.organization_id
  where p.partner_id = any($1::text[])`

function resellersStatement(partnerIds: readonly string[], providerId: OrganizationId): Statement {
  return { name: 'order_resellers', text: resellersText, values: [partnerIds, providerId] }
}

function resellerOf({ party, isPartner, ...id }: ResellerRow): ResellerFacts {
  return { id, party, isPartner }
}

interface OfferRow extends Ownership {
  readonly kind: NonNullable<OfferFacts['sku']>['kind'] | null
  readonly title: string
  readonly minQuantity: number
  readonly maxQuantity: number
  readonly ownershipLimit: number | null
  readonly ownershipLimitType: NonNullable<OfferFacts['sku']>['ownershipLimitType']
  readonly allowedCountries: readonly string[] | null
  readonly prerequisites: readonly string[]
  readonly conversions: readonly string[]
  readonly endOfSaleOn: string | null
  readonly incentiveEligible: boolean
  readonly currency: string | null
  readonly unitCost: string
  readonly unitRetail: string
  readonly market: MarketPrice
  readonly baseSubscriptionId: string | null
}

// What the customer owns is looked at only for offers that ask for it. The price is chosen as `pickPrice` does.
const offersText = `
  with buyer as (
    select coalesce(c.country, $3::text) as country, coalesce(c.segment, $4::text) as segment
    from (values (1)) one left join customers c on c.id = $1::uuid
  )
  select k.kind, k.title, k.min_quantity as "minQuantity", k.max_quantity as "maxQuantity",
    k.ownership_limit as "ownershipLimit", k.ownership_limit_type as "ownershipLimitType",
    k.allowed_countries as "allowedCountries", k.prerequisites, k.conversions, k.end_of_sale_on as "endOfSaleOn",
    k.incentive_eligible as "incentiveEligible", p.currency, p.unit_cost as "unitCost", p.unit_retail as "unitRetail",
    case when p.currency is not null then 'priced' else (
      select case when bool_or(x.segment = b.segment) then 'otherOption' when count(*) > 0 then 'otherSegment' else 'none' end
      from price_items x where x.market = b.country and x.product_id = l.product_id and x.sku_id = l.sku_id
        and x.effective_from <= $5::timestamptz and x.effective_until > $5::timestamptz) end as market,
    coalesce(owned.live, 0) as live, coalesce(owned.suspended, 0) as suspended, coalesce(owned.ever, 0) as ever,
    coalesce(owned.paid_ever, false) as "paidEver", owned.base_id is not null as "prerequisiteLive",
    owned.base_id as "baseSubscriptionId"
  from unnest($6::text[], $7::text[], $8::text[], $9::text[], $10::int[]) with ordinality
    as l (product_id, sku_id, term, billing_plan, quantity, position)
  cross join buyer b
  left join skus k on k.product_id = l.product_id and k.sku_id = l.sku_id
  left join lateral (
    select i.currency, i.unit_cost, i.unit_retail from price_items i
    where i.market = b.country and i.product_id = l.product_id and i.sku_id = l.sku_id and i.term = l.term
      and i.billing_plan = l.billing_plan and i.segment = b.segment
      and i.tier_min <= l.quantity and (i.tier_max is null or i.tier_max >= l.quantity)
      and i.effective_from <= $5::timestamptz and i.effective_until > $5::timestamptz
    order by i.tier_min desc, i.effective_from desc limit 1) p on true
  left join lateral (
    select count(*) filter (where s.product_id = k.product_id and s.sku_id = k.sku_id
        and s.status in ('pending', 'active', 'suspended', 'renewing'))::int as live,
      count(*) filter (where s.product_id = k.product_id and s.sku_id = k.sku_id and s.status = 'suspended')::int as suspended,
      count(*) filter (where s.product_id = k.product_id and s.sku_id = k.sku_id)::int as ever,
      bool_or(s.product_id || '/' || s.sku_id = any(k.conversions)) as paid_ever,
      (array_agg(s.id order by s.created_at) filter (
        where s.status = 'active' and s.product_id || '/' || s.sku_id = any(k.prerequisites)))[1] as base_id
    from subscriptions s
    where s.customer_id = $1::uuid and s.provider_id = $2::uuid
      and (k.kind = 'trial' or k.ownership_limit is not null or cardinality(k.prerequisites) > 0)) owned on true
  order by l.position`

function offersStatement(
  customerId: CustomerId | null,
  providerId: OrganizationId,
  country: string | null,
  segment: string | null,
  at: Date,
  lines: readonly Wanted[],
): Statement {
  return {
    name: 'order_offers',
    text: offersText,
    values: [
      customerId,
      providerId,
      country,
      segment,
      at,
      lines.map(({ productId }) => productId),
      lines.map(({ skuId }) => skuId),
      lines.map(({ term }) => term),
      lines.map(({ billingPlan }) => billingPlan),
      lines.map(({ quantity }) => quantity),
    ],
  }
}

function factsOf(row: OfferRow): OfferFacts {
  const { kind, title, minQuantity, maxQuantity, ownershipLimit, ownershipLimitType, incentiveEligible } = row
  const { live, suspended, ever, paidEver, prerequisiteLive, baseSubscriptionId, market } = row
  return {
    sku: kind && {
      kind,
      title,
      minQuantity,
      maxQuantity,
      ownershipLimit,
      ownershipLimitType,
      allowedCountries: row.allowedCountries,
      prerequisites: row.prerequisites,
      conversions: row.conversions,
      endOfSaleOn: row.endOfSaleOn,
      incentiveEligible,
    },
    price:
      row.currency === null ? null : { currency: row.currency, unitCost: row.unitCost, unitRetail: row.unitRetail },
    market,
    owned: { live, suspended, ever, paidEver, prerequisiteLive },
    baseSubscriptionId,
  }
}
