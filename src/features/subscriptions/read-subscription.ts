import { sql } from 'kysely'
import { Refusal, type RefusalName } from '../../kernel/errors.ts'
import type { CustomerId, SubscriptionId } from '../../kernel/ids.ts'
import type { Permission } from '../../kernel/permissions.ts'
import { utcDay } from '../../kernel/time.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { iso } from '../../platform/sql.ts'
import { worldNow } from '../../platform/world-clock.ts'
import { quantityRange } from '../catalog/rules.ts'
import { isPartnerOf, seesSubscription } from '../customers/sql.ts'
import { tradingPartySql } from '../program/queries.ts'
import { type TradingParty, whyProviderCannotTrade } from '../program/rules.ts'
import { lifeColumns, lifeOf, type LifeRow } from './life-rows.ts'
import { priced, resellerJson, shownColumns, supportContactJson, whatSees } from './queries.ts'
import { cancel, type Decision, reactivate, setAutoRenew, suspend } from './rules/acts.ts'
import { isTermOver, type Life, nextStep, reducibleLots } from './rules/life.ts'
import { type SubscriptionAction, whyNot, whyNotCharged, whyQuantityFixed } from './rules.ts'
import type { SubscriptionDetail, SubscriptionListItem } from './wire.ts'

/** Where the owner rights of usage-based services are given; only there, and only by the customer's own people. */
const consoleUrl = 'https://portal.azure.com/'

interface Row
  extends
    Omit<SubscriptionListItem, 'unitCost' | 'unitRetail' | keyof LifeRow>,
    Omit<LifeRow, 'unitCost' | 'unitRetail'> {
  readonly unitCost: string
  readonly unitRetail: string
  readonly clockOffsetMs: string
  readonly baseStatus: Life['status'] | null
  readonly plannedBy: string | null
  readonly plannedAt: Date | null
  readonly version: number
  readonly customer: SubscriptionDetail['customer']
  readonly order: SubscriptionDetail['order']
  readonly segment: string
  readonly provisioningError: string | null
  readonly minQuantity: number | null
  readonly maxQuantity: number | null
  readonly lots: SubscriptionDetail['lots']
  readonly base: SubscriptionDetail['base']
  readonly upgradedFrom: SubscriptionDetail['upgradedFrom']
  readonly addOns: SubscriptionDetail['addOns']
  readonly owners: NonNullable<SubscriptionDetail['ownerAccess']>['resellers']
  readonly targets: readonly Target[]
  /** Only for the provider itself. */
  readonly seller: TradingParty | null
  /** For a reseller: associated with the customer by the provider, or reseller of record here. */
  readonly manages: boolean
  /** For a reseller: an active partnership with the provider. */
  readonly isPartner: boolean
}

type Target = Omit<SubscriptionDetail['upgradeTargets'][number], 'isSold'> & {
  readonly kind: SubscriptionDetail['kind']
  readonly unitCost: string | null
  readonly unitRetail: string | null
}

/**
 * A subscription with everything its page shows, and for each action whether it is open to the reader now and why not.
 *
 * @throws Refusal notFound
 */
export async function readSubscription(
  deps: Deps,
  actor: Actor,
  { customerId, subscriptionId }: { readonly customerId: CustomerId; readonly subscriptionId: SubscriptionId },
): Promise<SubscriptionDetail> {
  const isReseller = actor.organizationKind === 'reseller'
  const own = sql`${actor.organizationId}::uuid`
  const { rows } = await sql<Row>`
    select ${shownColumns}, ${lifeColumns}, s.version, s.segment, p.clock_offset_ms as "clockOffsetMs",
      (select b.status from subscriptions b where b.customer_id = s.customer_id and b.id = s.base_subscription_id) as "baseStatus",
      h.created_by_name as "plannedBy", h.created_at as "plannedAt",
      jsonb_build_object('id', c.id, 'name', c.legal_name) as customer,
      jsonb_build_object('id', o.id, 'number', o.number) as "order",
      k.min_quantity as "minQuantity", k.max_quantity as "maxQuantity",
      (select j.last_error from provisioning_jobs j
        where j.customer_id = s.customer_id and j.subscription_id = s.id and j.status in ('failed', 'givenUp')
        order by j.created_at desc limit 1) as "provisioningError",
      (select jsonb_agg(jsonb_build_object('id', l.id, 'quantity', l.quantity, 'source', l.source,
          'addedAt', ${iso('l.added_at')}, 'reducibleUntil', ${iso('l.reducible_until')}) order by l.added_at, l.id)
        from seat_lots l where l.customer_id = s.customer_id and l.subscription_id = s.id and l.quantity > 0) as lots,
      (select jsonb_build_object('id', b.id, 'title', b.title, 'status', b.status, 'endOn', b.end_on,
          'autoRenew', b.auto_renew) from subscriptions b
        where b.customer_id = s.customer_id and b.id = s.base_subscription_id and ${seesSubscription(actor, 'b')}) as base,
      (select jsonb_build_object('id', u.id, 'title', u.title) from subscriptions u
        where u.customer_id = s.customer_id and u.id = s.upgraded_from_id and ${seesSubscription(actor, 'u')}) as "upgradedFrom",
      coalesce((select jsonb_agg(jsonb_build_object('id', a.id, 'title', a.title, 'quantity', a.quantity, 'status', a.status) order by a.id)
        from subscriptions a where a.customer_id = s.customer_id and a.base_subscription_id = s.id
          and ${seesSubscription(actor, 'a')}), '[]') as "addOns",
      case when s.kind = 'usage' then coalesce((
        select jsonb_agg(jsonb_build_object('id', r.id, 'name', r.trading_name, 'confirmedAt', ${iso('g.confirmed_at')},
          'confirmedBy', g.confirmed_by_name) order by r.sort_key)
        from organizations r
        left join service_owner_grants g on g.customer_id = s.customer_id and g.subscription_id = s.id and g.reseller_id = r.id
        where (g.reseller_id is not null
          or exists (select from resellers_of_record w where w.customer_id = s.customer_id and w.subscription_id = s.id
            and w.reseller_id = r.id and w.valid_to is null)
          or exists (select from customer_reseller_associations t where t.customer_id = s.customer_id
            and t.provider_id = s.provider_id and t.reseller_id = r.id and t.ended_at is null))
          and (${!isReseller}::boolean or r.id = ${own})), '[]') end as owners,
      coalesce((
        select jsonb_agg(jsonb_build_object('productId', t.product_id, 'skuId', t.sku_id, 'title', t.title, 'kind', t.kind,
          'minQuantity', t.min_quantity, 'maxQuantity', t.max_quantity, 'unitCost', p2.unit_cost::text,
          'unitRetail', p2.unit_retail::text) order by t.sort_key)
        from unnest(k.conversions) with ordinality as v (key, position)
        join skus t on t.product_id = split_part(v.key, '/', 1) and t.sku_id = split_part(v.key, '/', 2)
        left join lateral (
          select i.unit_cost, i.unit_retail from price_items i
          where i.market = c.country and i.product_id = t.product_id and i.sku_id = t.sku_id
            and i.term = case s.kind when 'trial' then 'P1Y' else s.term end
            and i.billing_plan = case s.kind when 'trial' then 'monthly' else s.billing_plan end and i.segment = s.segment and i.currency = s.currency
            and i.tier_min <= s.quantity and (i.tier_max is null or i.tier_max >= s.quantity)
            and i.effective_from <= ${deps.now()}::timestamptz and i.effective_until > ${deps.now()}::timestamptz
            and (t.end_of_sale_on is null or t.end_of_sale_on >= (${deps.now()}::timestamptz at time zone 'UTC')::date)
            and (t.allowed_countries is null or c.country = any(t.allowed_countries))
          order by i.tier_min desc, i.effective_from desc limit 1) p2 on true
        where s.kind <> 'usage'), '[]') as targets,
      (exists (select from customer_reseller_associations t where t.customer_id = s.customer_id
          and t.provider_id = s.provider_id and t.reseller_id = ${own} and t.ended_at is null)
        or exists (select from resellers_of_record w where w.customer_id = s.customer_id and w.subscription_id = s.id
          and w.reseller_id = ${own} and w.valid_to is null)) as manages,
      ${isPartnerOf(actor, sql.ref('s.provider_id'))} as "isPartner",
      ${actor.organizationKind === 'provider' ? tradingPartySql(sql.ref('s.provider_id')) : sql`null::jsonb`} as seller,
      ${resellerJson(actor)} as reseller, ${supportContactJson(actor)} as "supportContact"
    from subscriptions s
    join customers c on c.id = s.customer_id
    join organizations p on p.id = s.provider_id
    join orders o on o.customer_id = s.customer_id and o.id = s.order_id
    left join skus k on k.product_id = s.product_id and k.sku_id = s.sku_id
    left join scheduled_changes h on h.customer_id = s.customer_id and h.subscription_id = s.id and h.status = 'open'
    where s.customer_id = ${customerId}::uuid and s.id = ${subscriptionId}::uuid and ${seesSubscription(actor, 's')}`.execute(
    deps.db,
  )
  const [row] = rows
  if (!row) throw new Refusal('notFound')
  return toDetail(actor, row, worldNow(deps, { clockOffsetMs: Number(row.clockOffsetMs) }))
}

function toDetail(actor: Actor, row: Row, at: Date): SubscriptionDetail {
  const {
    incentiveEligible,
    scheduled,
    plannedBy,
    plannedAt,
    suspensionNote,
    stateSince,
    owners,
    targets,
    manages: _,
    isPartner: __,
    seller: ___,
    minQuantity,
    maxQuantity,
    cancelUntil,
    clockOffsetMs: ____,
    baseStatus: _____,
    anchorOn: ______,
    chargedUntil: _______,
    ...shown
  } = row
  const life = lifeOf(row, row.lots)
  const due = nextStep(life)
  const sees = whatSees(actor)
  const bounds = quantityRange({
    kind: row.kind,
    minQuantity: minQuantity ?? 1,
    maxQuantity: maxQuantity ?? row.quantity,
  })
  return {
    ...priced(shown, sees),
    now: at.toISOString(),
    cancelUntil: cancelUntil?.toISOString() ?? null,
    stateSince: stateSince.toISOString(),
    // A note among partners.
    suspensionNote: actor.organizationKind === 'customer' ? '' : suspensionNote,
    nextStep: due && { step: due.step, at: due.at.toISOString() },
    scheduledChange: scheduled && {
      ...scheduled,
      since: plannedAt?.toISOString() ?? '',
      by: plannedBy ?? '',
    },
    leastQuantity: leastQuantity(life, bounds.min, at),
    incentive: incentiveEligible ? 'eligible' : 'notApplicable',
    minQuantity: bounds.min,
    maxQuantity: bounds.max,
    ownerAccess: row.kind === 'usage' ? { consoleUrl, resellers: [...owners] } : null,
    upgradeTargets: targets.map(({ unitCost, unitRetail, kind, ...target }) => {
      const { min, max } = quantityRange({ kind, ...target })
      const shownTarget = { ...target, minQuantity: min, maxQuantity: max, isSold: unitRetail !== null }
      return unitCost === null || unitRetail === null
        ? shownTarget
        : priced({ ...shownTarget, unitCost, unitRetail }, sees)
    }),
    allowed: allowedTo(actor, row, life, at),
  }
}

/** The fewest licenses that can be reached now. */
function leastQuantity(life: Life, min: number, at: Date): number {
  const most = reducibleLots(life.lots, at).reduce((sum, { quantity }) => sum + quantity, 0)
  return Math.min(life.quantity, Math.max(min, life.quantity - most))
}

function allowedTo(actor: Actor, row: Row, life: Life, at: Date): SubscriptionDetail['allowed'] {
  const today = utcDay(at)
  const answer = (reason: RefusalName | null) => ({ ok: reason === null, reason })
  const role = (permission: Permission): RefusalName | null => {
    if (!actor.permissions.has(permission)) return 'accessDenied'
    if (actor.organizationKind !== 'reseller') return null
    if (!row.manages) return 'accessDenied'
    return row.isPartner ? null : 'partnershipRequired'
  }
  const may = (action: SubscriptionAction, permission: Permission) => role(permission) ?? whyNot(action, row)
  return {
    addLicenses: answer(
      role('subscriptions.increase') ?? whyNotCharged('addLicenses', row, today) ?? whyQuantityFixed(row),
    ),
    reduceLicenses: answer(
      role('subscriptions.reduce') ??
        whyNotCharged('reduceLicenses', row, today) ??
        whyQuantityFixed(row) ??
        (reducibleLots(life.lots, at).length === 0 ? 'reductionWindowOver' : null),
    ),
    cancel: answer(role('subscriptions.cancel') ?? whyNow(cancel(life, at))),
    suspend: answer(role('subscriptions.suspend') ?? whyNow(suspend(life, 'other', '', at))),
    reactivate: answer(
      role('subscriptions.suspend') ??
        (row.status === 'active' ? 'subscriptionNotActive' : whyNow(reactivate(life, row.baseStatus, at))),
    ),
    setAutoRenew: answer(role('subscriptions.manage_renewal') ?? whyNow(setAutoRenew(life, !life.autoRenew, at))),
    scheduleChange: answer(
      role('subscriptions.manage_renewal') ??
        whyNot('scheduleChange', row) ??
        (life.endOn === null || life.kind === 'usage' ? 'noTerm' : null) ??
        (life.autoRenew ? null : 'autoRenewOff') ??
        (isTermOver(life, at) ? 'renewalRunning' : null),
    ),
    convertTrial: answer(
      role('subscriptions.upgrade') ??
        (life.kind === 'trial' ? whyNot('convertTrial', row) : 'notATrial') ??
        (row.seller && whyProviderCannotTrade(row.seller)) ??
        (row.targets.length === 0 ? 'upgradeNotPossible' : null),
    ),
    upgrade: answer(
      role('subscriptions.upgrade') ??
        whyNotCharged('upgrade', row, today) ??
        (row.seller && whyProviderCannotTrade(row.seller)) ??
        (row.targets.length === 0 || row.kind === 'trial' ? 'upgradeNotPossible' : null),
    ),
    rename: answer(may('rename', 'subscriptions.rename')),
    setReseller: answer(may('setReseller', 'subscriptions.set_reseller')),
    setSupportContact: answer(may('setSupportContact', 'subscriptions.set_support_contact')),
    confirmOwner: answer(may('confirmOwner', 'subscriptions.set_reseller')),
    retryProvisioning: answer(
      role('subscriptions.retry_provisioning') ?? (row.provisioning === 'failed' ? null : 'subscriptionNotActive'),
    ),
  }
}

/** Why a decision is against; null when it is not. */
function whyNow(decision: Decision): RefusalName | null {
  return decision !== 'keep' && 'refuse' in decision ? decision.refuse : null
}
