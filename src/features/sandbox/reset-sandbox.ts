import { type RawBuilder, sql } from 'kysely'
import { Refusal } from '../../kernel/errors.ts'
import type { CustomerId, OrganizationId } from '../../kernel/ids.ts'
import { holdingWorld } from '../../platform/advance-clock.ts'
import type { Actor, Deps, Tx } from '../../platform/context.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { readWorld } from './start-run.ts'
import { readTablesOfUsers, readWorldTables, type WorldTable } from './world-tables.ts'

export interface ResetSandbox {
  readonly providerId: OrganizationId
  /** The provider's name, typed by whoever wants this. */
  readonly confirmation: string
}

/** What a reset removed. */
export interface RemovedWorld {
  readonly customers: number
  readonly orders: number
  readonly subscriptions: number
}

/**
 * Empties a sandbox and sets its clock back to now: customers that are nobody else's with their users and domains,
 * relationships, orders, subscriptions, charges and all that belongs to them. Partnerships, the provider's own users and its
 * settings stay, and so do the audit log and the events, where the reset itself is recorded. All or nothing.
 *
 * @throws Refusal notFound, productionClock, confirmationDiffers, clockRunOpen
 */
export async function resetSandbox(
  deps: Deps,
  actor: Actor,
  { providerId, confirmation }: ResetSandbox,
): Promise<RemovedWorld> {
  const seen = await readWorld(deps, deps.db, providerId)
  if (seen.world !== 'sandbox') throw new Refusal('productionClock')
  if (confirmation !== seen.name) throw new Refusal('confirmationDiffers', { params: { name: seen.name } })
  await refuseDuringRun(deps, providerId)
  return await holdingWorld(deps, providerId, AbortSignal.timeout(60_000), async () => {
    const { result } = await write(deps, actor, async (tx) => {
      const { world, name, now } = await readWorld(deps, tx, providerId)
      if (world !== 'sandbox') throw new Refusal('productionClock')
      const removed = await removeWorld(tx, actor, providerId)
      await tx.updateTable('organizations').set({ clock_offset_ms: 0n }).where('id', '=', providerId).execute()
      await record(tx, actor, deps.now(), {
        action: 'sandbox.reset',
        subjectKind: 'organization',
        subjectId: providerId,
        providerId,
        ...(actor.organizationId === providerId ? {} : { onBehalfOf: name }),
        before: { clock: now.toISOString(), ...removed },
        after: { clock: deps.now().toISOString() },
      })
      return removed
    })
    return result
  })
}

async function refuseDuringRun({ db }: Deps, providerId: OrganizationId): Promise<void> {
  const open = await db
    .selectFrom('clock_runs')
    .select('id')
    .where('provider_id', '=', providerId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  if (open) throw new Refusal('clockRunOpen')
}

async function removeWorld(tx: Tx, actor: Actor, providerId: OrganizationId): Promise<RemovedWorld> {
  const customers = await holdCustomers(tx, providerId)
  const only = customers.filter(({ isShared }) => !isShared).map(({ id }) => id)
  const shared = customers.filter(({ isShared }) => isShared).map(({ id }) => id)
  const world: World = { providerId, only: sql`${only}::uuid[]`, shared: sql`${shared}::uuid[]` }

  await removePeople(tx, actor, world)
  const counts = new Map<string, number>()
  const tables = await readWorldTables(tx)
  await withDeleting(
    tx,
    tables.filter(({ insertOnly }) => insertOnly),
    async () => {
      for (const table of tables) {
        const where = whatIsOf(table, world)
        if (!where) continue
        const gone = await sql`delete from ${sql.table(table.name)} x where ${where}`.execute(tx)
        counts.set(table.name, Number(gone.numAffectedRows ?? 0n))
      }
    },
  )
  await sql`delete from customers where id = any(${world.only})`.execute(tx)
  return {
    customers: only.length,
    orders: counts.get('orders') ?? 0,
    subscriptions: counts.get('subscriptions') ?? 0,
  }
}

interface World {
  readonly providerId: OrganizationId
  /** Customers of this provider alone. */
  readonly only: RawBuilder<unknown>
  /** Customers that other providers have, too: only what this one sold them goes. */
  readonly shared: RawBuilder<unknown>
}

/** The world's customers, held until the end: an order that is under way is waited for, and one that comes later finds nobody. */
async function holdCustomers(
  tx: Tx,
  providerId: OrganizationId,
): Promise<readonly { readonly id: CustomerId; readonly isShared: boolean }[]> {
  const { rows } = await sql<{ id: CustomerId; isShared: boolean }>`
    select c.id, exists (select from customer_relationships o
      where o.customer_id = c.id and o.type = 'provider' and o.partner_id <> ${providerId}) as "isShared"
    from customers c
    where c.id in (select customer_id from customer_relationships where type = 'provider' and partner_id = ${providerId})
    order by c.id for update of c`.execute(tx)
  return rows
}

/** Customers' users with all that is theirs, what people were told, and answers kept for requests about things that go. */
async function removePeople(tx: Tx, actor: Actor, { providerId, only }: World): Promise<void> {
  const users = sql`select id from users where organization_id = any(${only})`
  const told = sql`select id from notifications where organization_id = ${providerId} or organization_id = any(${only})`
  await sql`delete from notification_states where notification_id in (${told}) or user_id in (${users})`.execute(tx)
  await sql`delete from notifications where organization_id = ${providerId} or organization_id = any(${only})`.execute(
    tx,
  )
  for (const table of await readTablesOfUsers(tx)) {
    await sql`delete from ${sql.table(table)} where user_id in (${users})`.execute(tx)
  }
  // Not the answer of this very request, which is about to be kept.
  await sql`
    delete from idempotency_keys
    where (actor_id in (${users}) or actor_id in (select id from users where organization_id = ${providerId}))
      and (actor_id, request_id) <> (${actor.userId}, ${actor.request.id ?? ''})`.execute(tx)
  await sql`delete from users where organization_id = any(${only})`.execute(tx)
  await sql`delete from domains where owner_id = any(${only})`.execute(tx)
}

/** Which rows of a table, known as x, belong to the world; undefined when nothing in it says so. */
function whatIsOf({ name, columns }: WorldTable, world: World): RawBuilder<unknown> | undefined {
  const { providerId, only, shared } = world
  const mine: RawBuilder<unknown>[] = []
  if (columns.has('provider_id')) mine.push(sql`x.provider_id = ${providerId}`)
  if (columns.has('customer_id')) mine.push(sql`x.customer_id = any(${only})`)
  if (name === 'customer_relationships' || name === 'admin_relationships') {
    mine.push(sql`(x.customer_id = any(${shared}) and x.partner_id = ${providerId})`)
  }
  if (columns.has('customer_id') && !columns.has('provider_id')) {
    for (const [column, parent] of [
      ['subscription_id', 'subscriptions'],
      ['order_id', 'orders'],
      ['request_id', 'service_requests'],
    ] as const) {
      if (!columns.has(column)) continue
      mine.push(sql`(x.customer_id = any(${shared}) and exists (select from ${sql.table(parent)} p
        where p.customer_id = x.customer_id and p.id = x.${sql.ref(column)} and p.provider_id = ${providerId}))`)
    }
  }
  return mine.length === 0 ? undefined : sql.join(mine, sql` or `)
}

/** Any number will do; it must not change between versions. */
const grantLock = 5_262_062

/**
 * Deletes where nothing is ever deleted otherwise. The program takes that right from itself in its migrations, so that no
 * mistake can rewrite charges; here, in one transaction and for a sandbox only, it takes it back and gives it away again. No
 * other transaction ever sees it. One at a time: rights of one table cannot be changed by two at once.
 */
async function withDeleting(tx: Tx, tables: readonly WorldTable[], work: () => Promise<void>): Promise<void> {
  await sql`select pg_advisory_xact_lock(${grantLock})`.execute(tx)
  for (const { name } of tables) await sql`grant delete on ${sql.table(name)} to current_user`.execute(tx)
  await work()
  for (const { name } of tables) await sql`revoke delete on ${sql.table(name)} from current_user`.execute(tx)
}
