import { sql } from 'kysely'
import { Refusal } from '../../kernel/errors.ts'
import type { Actor, Deps, Tx } from '../../platform/context.ts'
import { dueSweep } from '../../platform/due-work.ts'
import { write } from '../../platform/write.ts'
import { worldNow } from '../../platform/world-clock.ts'
import type { AuditAction } from '../audit/actions.ts'
import { record } from '../audit/record.ts'
import { refuseUnentitled, rightFor } from './decide-act.ts'
import { type HeldSubscription, holdSubscription } from './hold-subscription.ts'
import { carryLicenses } from './license-pools.ts'
import { factsOf, foresee, type Foreseen } from './preview-act.ts'
import type { Life, Outcome } from './rules/life.ts'
import { provisioningSweep } from './rules.ts'
import { insertScheduledChange, type StoredOutcome, storeOutcomes } from './store/outcomes.ts'
import type { Act, ActOn, Acted, SeenFacts } from './wire.ts'

const actions: Readonly<Record<Exclude<Act['type'], 'changeQuantity' | 'upgrade'>, AuditAction>> = {
  cancel: 'subscription.canceled',
  suspend: 'subscription.suspended',
  reactivate: 'subscription.reactivated',
  setAutoRenew: 'subscription.auto_renew_changed',
  scheduleChange: 'subscription.change_scheduled',
  removeScheduledChange: 'subscription.scheduled_change_removed',
  convertTrial: 'subscription.trial_converted',
}

/**
 * Does one act on a subscription and on the add-ons that go along with it: decided by the rules that its preview shows, stored in
 * one transaction, recorded once for each. What is so already is no change. When somebody else changed it meanwhile, or the act
 * comes to something else than was seen, nothing is stored and the difference is told.
 *
 * @throws Refusal notFound, accessDenied, partnershipRequired, stale, previewStale, renewalRunning, and those of the act's rule
 */
export async function actOnSubscription(deps: Deps, actor: Actor, input: ActInput): Promise<Acted> {
  const { result } = await write(deps, actor, (tx) => actIn(tx, deps, actor, input))
  if (result.changed) {
    deps.nudge(provisioningSweep)
    deps.nudge(dueSweep)
  }
  return result
}

type ActInput = ActOn & { readonly act: Exclude<Act, { type: 'changeQuantity' | 'upgrade' }> }

/** As `actOnSubscription`, within a transaction; afterwards the sweeps want to be nudged. */
export async function actIn(
  tx: Tx,
  deps: Deps,
  actor: Actor,
  { act, version, seen, ...which }: ActInput,
): Promise<Acted> {
  const subscription = await holdSubscription(tx, actor, which)
  refuseUnentitled(actor, subscription, rightFor(act, subscription.life))
  const at = worldNow(deps, subscription)
  const foreseen = await foresee(tx, subscription, act, at)
  if (!foreseen.outcome) return { id: subscription.id, version: subscription.version, changed: false }
  await refuseStale(tx, actor, subscription, version)
  refuseOtherwise(seen, factsOf(actor, subscription, foreseen))
  await storeAct(tx, actor, at, subscription, foreseen.outcome, foreseen.cascade, actions[act.type])
  return { id: subscription.id, version: subscription.version + 1, changed: true }
}

/**
 * Refuses when the subscription is another version than the one that was shown, and tells what was done to it last.
 *
 * @throws Refusal stale
 */
export async function refuseStale(
  tx: Tx,
  actor: Actor,
  { customerId, id, version, providerId }: HeldSubscription,
  seenVersion: number,
): Promise<void> {
  if (seenVersion === version) return
  const { rows } = await sql<{ action: string; by: string; at: Date }>`
    select action, at, case when actor_organization_id in (${actor.organizationId}, ${providerId}, ${customerId})
      then actor_name else '' end as by
    from audit_records where customer_id = ${customerId} and subject_id = ${id}
    order by at desc, id desc limit 3`.execute(tx)
  throw new Refusal('stale', {
    data: rows.map(({ action }) => action),
    ...(rows[0] ? { params: { by: rows[0].by, at: rows[0].at.toISOString() } } : {}),
  })
}

/**
 * Refuses when an act comes to something else than its preview showed, and names each difference.
 *
 * @throws Refusal previewStale
 */
export function refuseOtherwise(seen: SeenFacts | undefined, now: SeenFacts): void {
  if (!seen) return
  const fields = Object.entries(seen).flatMap(([field, then]) => {
    const is = now[field as keyof SeenFacts]
    return is === undefined || is === then
      ? []
      : [{ field: `seen.${field}`, rule: 'differs', params: { seen: String(then), now: String(is) } }]
  })
  if (fields.length > 0) throw new Refusal('previewStale', { fields })
}

async function storeAct(
  tx: Tx,
  actor: Actor,
  at: Date,
  subscription: HeldSubscription,
  outcome: Outcome,
  cascade: Foreseen['cascade'],
  action: AuditAction,
): Promise<void> {
  const along = cascade.map(({ subscription: of, outcome: one }) => stored(of, one, undefined))
  await storeOutcomes(tx, at, [stored(subscription, outcome, subscription.life), ...along])
  await carryLicenses(tx, subscription.customerId, subscription.life, outcome.life)
  if (outcome.life.scheduled && outcome.life.scheduled !== subscription.life.scheduled)
    await insertScheduledChange(tx, actor, at, subscription, outcome.life.scheduled)
  await recordAct(tx, actor, at, subscription, action, subscription.life, outcome.life)
  for (const { subscription: of, outcome: one } of cascade) {
    await recordAct(tx, actor, at, { ...subscription, ...of }, cascadeAction(one.life), undefined, one.life)
  }
}

function cascadeAction({ status }: Life): AuditAction {
  if (status === 'canceled') return 'subscription.canceled'
  return status === 'suspended' ? 'subscription.suspended' : 'subscription.reactivated'
}

/** As it is stored: its own lots stay, and a plan that was taken back or replaced is closed. */
export function stored(
  of: StoredOutcome['of'],
  { life, charges, job }: Outcome,
  before: Life | undefined,
): StoredOutcome {
  const replaced = before?.scheduled != null && before.scheduled !== life.scheduled
  const dropped = life.scheduled === null && (life.status !== 'active' || before?.autoRenew !== life.autoRenew)
  return {
    of,
    life,
    charges,
    job,
    jobStatus: 'queued',
    resetsLots: before !== undefined && before.termNumber !== life.termNumber,
    isNewVersion: true,
    closesSchedule: replaced ? (dropped || job !== null ? 'dropped' : 'removed') : before ? null : 'dropped',
  }
}

async function recordAct(
  tx: Tx,
  actor: Actor,
  at: Date,
  subscription: Pick<HeldSubscription, 'customerName'> & StoredOutcome['of'],
  action: AuditAction,
  before: Life | undefined,
  after: Life,
): Promise<void> {
  const names = changedNames(before, after)
  await record(tx, actor, at, {
    action,
    subjectKind: 'subscription',
    subjectId: subscription.id,
    customerId: subscription.customerId,
    providerId: subscription.providerId,
    ...(subscription.reseller ? { resellerId: subscription.reseller.id } : {}),
    ...(actor.organizationKind === 'reseller' ? { onBehalfOf: subscription.customerName } : {}),
    ...(before ? { before: pick(before, names) } : {}),
    after: { title: after.title, ...pick(after, names) },
  })
}

const recorded = [
  'status',
  'quantity',
  'autoRenew',
  'endOn',
  'term',
  'billingPlan',
  'suspensionReason',
  'scheduled',
] as const satisfies readonly (keyof Life)[]

function changedNames(before: Life | undefined, after: Life): readonly (keyof Life)[] {
  if (!before) return ['status']
  return recorded.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
}

function pick(life: Life, names: readonly (keyof Life)[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name === 'scheduled' ? 'nextTerm' : name, shown(life, name)]))
}

function shown(life: Life, name: keyof Life): unknown {
  if (name !== 'scheduled') return life[name]
  if (life.scheduled === null) return null
  const { title, quantity, term, billingPlan, endOn } = life.scheduled
  return { title, quantity, term, billingPlan, ...(endOn === null ? {} : { endOn }) }
}
