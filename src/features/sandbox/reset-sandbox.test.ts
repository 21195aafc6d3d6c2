import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { newId, type OrganizationId } from '../../kernel/ids.ts'
import { dayMs } from '../../kernel/time.ts'
import { holdingWorld, readWorldNow } from '../../platform/advance-clock.ts'
import type { Actor } from '../../platform/context.ts'
import { dumpWorld } from '../../platform/test-dump-world.ts'
import { testWorld, type TestWorld } from '../../platform/test-world.ts'
import { givenCustomer, givenRelationship, newCustomer } from '../customers/test-customers.ts'
import { givenUser } from '../identity/test-users.ts'
import { notify } from '../notifications/notify.ts'
import { addCustomer } from '../orders/add-customer.ts'
import { attestation, givenMarket, givenOffer, givenOrder, type Market, totalOf } from '../orders/test-orders.ts'
import { provision } from '../subscriptions/test-subscriptions.ts'
import { resetSandbox } from './reset-sandbox.ts'
import { keptTables } from './world-tables.ts'

test('a reset leaves nothing of the world but the record, the partnerships and the provider itself', async () => {
  await using world = await testWorld()
  const { market, admin, providerId } = await givenSandbox(world)
  const { deps } = world
  const offer = await givenOffer(deps)
  await addCustomer(deps, admin, {
    ...newCustomer({ resellerId: market.reseller.organizationId }),
    lines: [offer.line(5, market.reseller.partnerId)],
    attestation,
    expectedTotalRetail: totalOf([offer.line(5)]),
  })
  await givenOrder(deps, { agent: { ...market.agent, actor: admin }, customer: market.customer }, [offer.line(1)])
  await provision(deps)
  await multiply(world, providerId, 2_000)
  await givenEverywhere(world, providerId, market.customer.customerId)
  const before = await counts(world)

  const removed = await resetSandbox(deps, admin, { providerId, confirmation: market.provider.name })

  assert.deepEqual(removed, { customers: 2, orders: 2, subscriptions: 2_002 })
  assert.deepEqual(await readWorldNow(deps, providerId), world.now)
  const left = (await rowsOfWorld(world, providerId)).filter(({ table }) => keptTables[table] === undefined)
  assert.deepEqual(left, [], 'a table with rows of the world is not emptied')
  const now = await counts(world)
  assert.deepEqual([now.customers, now.domains, now.customerUsers, now.notifications, now.sessions], [0, 0, 0, 0, 0])
  assert.equal(now.partnerships, before.partnerships)
  assert.equal(now.users, before.users - before.customerUsers)
  assert.equal(now.records, before.records + 1)
  const record = await deps.db
    .selectFrom('audit_records')
    .select(['before', 'after'])
    .where('action', '=', 'sandbox.reset')
    .executeTakeFirstOrThrow()
  assert.deepEqual(record.before, { clock: '2026-12-02T09:00:00.000Z', ...removed })
  await assert.rejects(sql`delete from charge_lines`.execute(deps.db), { code: '42501' })
})

/** Tables that say by the customer alone whose they are, so that a dump shows what both providers sold it. */
const unshared = ['customer_relationships', 'order_lines', 'seat_lots', 'support_contacts', 'provisioning_jobs']

test('a customer that another provider has, too, loses only what the sandbox sold it', async () => {
  await using world = await testWorld()
  const { market, admin, providerId } = await givenSandbox(world)
  const { deps } = world
  const other = await givenMarket(world)
  const customer = await givenCustomer(deps, other.provider, { agreement: 'direct' })
  await givenRelationship(deps, customer, market.provider)
  const offer = await givenOffer(deps)
  await givenOrder(deps, { agent: { ...market.agent, actor: admin }, customer }, [offer.line(1)])
  await givenOrder(deps, { agent: other.agent, customer }, [offer.line(2)])
  await provision(deps)
  const otherId = other.provider.organizationId
  const before = await dumpWorld(deps, otherId, ['audit_records', 'events', ...unshared])

  const removed = await resetSandbox(deps, admin, { providerId, confirmation: market.provider.name })

  assert.deepEqual(removed, { customers: 1, orders: 1, subscriptions: 1 })
  assert.equal(await dumpWorld(deps, otherId, ['audit_records', 'events', ...unshared]), before)
  const { rows } = await sql<{ found: number }>`
    select count(*)::int as found from seat_lots where customer_id = ${customer.customerId}`.execute(deps.db)
  assert.deepEqual(rows, [{ found: 1 }])
})

test('a reset asks for the name, refuses while the clock is moved, waits for what is under way, and counts once', async () => {
  await using world = await testWorld()
  const { market, admin, providerId } = await givenSandbox(world)
  const reset = (actor: Actor, confirmation = market.provider.name) =>
    resetSandbox(world.deps, actor, { providerId, confirmation })

  await assert.rejects(reset(admin, 'something else'), { reason: 'confirmationDiffers' })
  await world.request(admin, 'POST', '/portal/v1/clock/advance', { to: '2027-12-01' })
  await assert.rejects(reset(admin), { reason: 'clockRunOpen' })
  await sql`update clock_runs set status = 'done', ended_at = now()`.execute(world.deps.db)
  let isFree = false
  let waiting: Promise<unknown> | undefined
  await holdingWorld(world.deps, providerId, new AbortController().signal, async () => {
    waiting = reset(admin).then(() => assert.ok(isFree))
    await new Promise((resolve) => setImmediate(resolve))
    isFree = true
  })
  await waiting

  const again: Actor = { ...admin, request: { ...admin.request, id: 'reset-1', hash: 'same' } }
  await givenCustomer(world.deps, market.provider)
  assert.equal((await reset(again)).customers, 1)
  await givenCustomer(world.deps, market.provider)
  assert.equal((await reset(again)).customers, 1, 'the same request answers the same')
  assert.equal((await counts(world)).customers, 1, 'and removes nothing')
})

async function givenSandbox(world: TestWorld) {
  const market: Market = await givenMarket(world)
  const providerId = market.provider.organizationId
  await sql`
    update organizations set world = 'sandbox', clock_offset_ms = ${dayMs} where id = ${providerId}`.execute(
    world.deps.db,
  )
  const { actor } = await givenUser(world.deps, {
    organizationId: providerId,
    kind: 'provider',
    roles: ['global_admin'],
  })
  return { market, providerId, admin: { ...actor, clockOffsetMs: dayMs } }
}

/** Copies one subscription with what hangs on it, many times. */
async function multiply({ deps }: TestWorld, providerId: OrganizationId, times: number): Promise<void> {
  const one = await deps.db
    .selectFrom('subscriptions')
    .select(['customer_id', 'id'])
    .where('provider_id', '=', providerId)
    .executeTakeFirstOrThrow()
  for (const [table, id] of [
    ['subscriptions', 'id'],
    ['seat_lots', 'subscription_id'],
    ['support_contacts', 'subscription_id'],
    ['provisioning_jobs', 'subscription_id'],
    ['charge_lines', 'subscription_id'],
  ] as const) {
    const { rows } = await sql<{ column: string }>`
      select column_name as "column" from information_schema.columns
      where table_schema = 'public' and table_name = ${table} and is_generated = 'NEVER'`.execute(deps.db)
    const columns = sql.join(rows.map(({ column }) => sql.ref(column)))
    const ofRow = sql.join(rows.map(({ column }) => sql.ref(`r.${column}`)))
    await sql`
      insert into ${sql.table(table)} (${columns})
      select ${ofRow} from ${sql.table(table)} o
      cross join generate_series(1, ${times}::int) n
      cross join lateral jsonb_populate_record(o, jsonb_build_object(${id}::text, md5(o.customer_id::text || n)::uuid)
        || case when ${id === 'id'} then '{}'::jsonb else jsonb_build_object('id', gen_random_uuid()) end) r
      where o.customer_id = ${one.customer_id} and o.${sql.ref(id)} = ${one.id}`.execute(deps.db)
  }
}

/** What people were told, a session of the customer's, an answer that is kept, and a clock run. */
async function givenEverywhere(
  world: TestWorld,
  providerId: OrganizationId,
  customerId: Market['customer']['customerId'],
) {
  const { deps, now } = world
  const { userId } = await givenUser(deps, {
    organizationId: customerId as unknown as OrganizationId,
    kind: 'customer',
    roles: ['global_admin'],
  })
  await sql`
    insert into sessions (id, user_id, token_hash, created_at, changed_at, expires_at)
    values (${newId()}, ${userId}, 'x', ${now}, ${now}, ${now})`.execute(deps.db)
  await deps.db.transaction().execute(async (tx) => {
    for (const organizationId of [providerId, customerId]) {
      await notify(tx, now, {
        organizationId,
        audienceRoles: ['global_admin'],
        class: 'transactional',
        kind: 'partnershipAccepted',
        params: { reseller: 'Biri' },
        link: '/',
      })
    }
  })
  await sql`
    insert into clock_runs (provider_id, id, status, from_at, to_at, reached_at, requested_by, requested_by_name, created_at, ended_at)
    values (${providerId}, ${newId()}, 'done', ${now}, ${now}, ${now}, ${newId()}, 'Biri', ${now}, ${now})`.execute(
    deps.db,
  )
}

/** The tables that hold rows of a provider or of customers that only it had, found by their columns. */
async function rowsOfWorld({ deps }: TestWorld, providerId: OrganizationId) {
  const { rows: tables } = await deps.pool.query<{ table: string; column: string }>(`
    select c.table_name as table, c.column_name as column from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.data_type = 'uuid'
      and c.column_name in ('provider_id', 'customer_id')`)
  const found: { table: string; column: string }[] = []
  for (const { table, column } of tables) {
    const whose =
      column === 'provider_id'
        ? `${column} = $1`
        : `${column} not in (select id from customers) and ${column} <> '00000000-0000-0000-0000-000000000000' and $1::uuid is not null`
    const { rowCount } = await deps.pool.query(`select from ${table} where ${whose} limit 1`, [providerId])
    if (rowCount) found.push({ table, column })
  }
  return found
}

async function counts({ deps }: TestWorld) {
  const { rows } = await sql<
    Record<
      'customers' | 'domains' | 'users' | 'customerUsers' | 'sessions' | 'notifications' | 'partnerships' | 'records',
      number
    >
  >`
    select (select count(*)::int from customers) as customers, (select count(*)::int from domains where owner_kind = 'customer') as domains,
      (select count(*)::int from users) as users, (select count(*)::int from users where organization_kind = 'customer') as "customerUsers",
      (select count(*)::int from sessions s join users u on u.id = s.user_id where u.organization_kind = 'customer') as sessions, (select count(*)::int from notifications n
        join organizations o on o.id = n.organization_id where o.kind = 'provider') as notifications,
      (select count(*)::int from partnerships) as partnerships, (select count(*)::int from audit_records) as records`.execute(
    deps.db,
  )
  const [row] = rows
  if (!row) throw new Error('A select without a from gives one row.')
  return row
}
