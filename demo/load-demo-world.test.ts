import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { chargeChecks } from '../src/features/billing/check-charges.ts'
import { subscriptionChecks } from '../src/features/subscriptions/check-subscriptions.ts'
import { rolesOf } from '../src/kernel/permissions.ts'
import type { Deps } from '../src/platform/context.ts'
import { findBroken } from '../src/platform/integrity.ts'
import { testWorld } from '../src/platform/test-world.ts'
import { readAccounts } from './accounts-file.ts'
import { loadDemoWorld, whoCanSignIn } from './load-demo-world.ts'

interface Folder extends Disposable {
  readonly path: string
}

function dataFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), 'kanal-demo-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true }) }
}

function inFolder(deps: Deps, folder: Folder): Deps {
  return { ...deps, config: { ...deps.config, dataFolder: folder.path } }
}

test('the demo world has every party, and a person for every role at each', async () => {
  await using world = await testWorld({ now: new Date('2026-11-20T12:00:00Z') })
  using folder = dataFolder()
  const deps = inFolder(world.deps, folder)

  assert.equal(await loadDemoWorld(deps), true)

  const accounts = readAccounts(deps.config)
  assert.ok(accounts)
  assert.deepEqual([accounts.providers.length, accounts.resellers.length, accounts.customers.length], [3, 13, 62])
  const rolesAt = (party: (typeof accounts.providers)[number]) => party.users.map(({ role }) => role).toSorted()
  for (const party of [...accounts.providers, ...accounts.resellers])
    assert.deepEqual(rolesAt(party), rolesOf.reseller.toSorted())
  for (const party of accounts.customers) assert.deepEqual(rolesAt(party), rolesOf.customer.toSorted())
  const { rows } = await deps.pool.query<{ states: string[] }>(`
    select array(select distinct state from partnerships order by 1)
      || array(select distinct status from partnership_invitations order by 1)
      || array(select distinct status from relationship_requests order by 1) as states`)
  assert.deepEqual(rows[0]?.states, [
    'active',
    'ended',
    'accepted',
    'declined',
    'issued',
    'revoked',
    'accepted',
    'declined',
    'issued',
  ])
})

test('there are two hundred subscriptions in every state, each as the product itself would have left it', async () => {
  await using world = await testWorld({ now: new Date('2026-11-20T12:00:00Z') })
  using folder = dataFolder()
  const deps = inFolder(world.deps, folder)
  await loadDemoWorld(deps)
  const one = async (query: string): Promise<unknown> =>
    (await deps.pool.query<{ found: unknown }>(query)).rows[0]?.found

  assert.deepEqual(await one('select array_agg(distinct status order by status) as found from order_requests'), [
    'accepted',
    'declined',
    'draft',
    'sent',
    'withdrawn',
  ])
  assert.equal(await one('select count(*)::int as found from subscriptions'), 206)
  assert.deepEqual(await one('select array_agg(distinct status order by status) as found from subscriptions'), [
    'active',
    'canceled',
    'deleted',
    'disabled',
    'expired',
    'pending',
    'renewing',
    'suspended',
  ])
  assert.deepEqual(await one('select array_agg(distinct kind order by kind) as found from subscriptions'), [
    'addon',
    'license',
    'software',
    'trial',
    'usage',
  ])
  assert.equal(
    await one(`select count(*)::int as found from subscriptions where status = 'active' and end_on < '2026-11-20'`),
    0,
  )
  assert.ok(Number(await one(`select count(*) as found from subscriptions where provisioning_status = 'failed'`)) > 0)
  // What was bought and charged agrees with itself, and nothing waits for time to do it.
  assert.deepEqual(await findBroken(deps.pool, [...subscriptionChecks, ...chargeChecks]), [])
  assert.equal(
    await one(`select count(*)::int as found from subscriptions
      where next_due_at <= '2026-11-20T12:00:00Z' and status not in ('pending', 'renewing')`),
    0,
  )
  assert.deepEqual(await one(`select array_agg(distinct type order by type) as found from charge_lines`), [
    'addQuantity',
    'cancelImmediate',
    'convert',
    'cycleCharge',
    'new',
    'renew',
  ])
  assert.ok(Number(await one(`select count(*) as found from resellers_of_record where valid_to is null`)) > 100)
  assert.equal(await one(`select count(*)::int as found from audit_records where at > '2026-11-20T12:00:00Z'`), 0)
  // Service requests in every state, with a provider and with resellers, some passed on and some overdue.
  assert.deepEqual(await one('select array_agg(distinct status order by status) as found from service_requests'), [
    'attention',
    'closed',
    'open',
  ])
  assert.equal(await one('select count(*)::int as found from service_requests'), 12)
  assert.equal(await one('select count(*)::int as found from service_requests where escalated_by is not null'), 2)
  assert.equal(await one('select count(*)::int as found from service_requests where owner_id <> provider_id'), 6)

  const { rows: staff } = await deps.pool.query<{ people: number; holders: number; over: number }>(`
    select (select count(*)::int from users u where organization_kind = 'customer'
        and not exists (select from credentials c where c.user_id = u.id)) as people,
      (select count(distinct user_id)::int from license_assignments) as holders,
      (select count(*)::int from license_pools p where assigned > (select sum(quantity) from subscriptions s
        where s.customer_id = p.customer_id and s.product_id = p.product_id and s.sku_id = p.sku_id)) as over`)
  assert.ok((staff[0]?.people ?? 0) > 100 && (staff[0]?.holders ?? 0) > 50, JSON.stringify(staff))
  assert.equal(staff[0]?.over, 0)
})

test('loading again changes nothing, and everybody else’s database is left alone', async () => {
  await using world = await testWorld({ now: new Date('2026-11-20T12:00:00Z') })
  using folder = dataFolder()
  const deps = inFolder(world.deps, folder)
  const loads = await Promise.all([loadDemoWorld(deps), loadDemoWorld(deps)])
  const before = readAccounts(deps.config)

  assert.equal(loads.filter(Boolean).length, 1)
  assert.equal(await loadDemoWorld(deps), false)
  assert.deepEqual(readAccounts(deps.config), before)
})

test('the list of accounts is for this account of the machine only, and names the address of each start', async () => {
  await using world = await testWorld({ now: new Date('2026-11-20T12:00:00Z') })
  using folder = dataFolder()
  const deps = inFolder(world.deps, folder)
  assert.equal(whoCanSignIn(deps), undefined)
  await loadDemoWorld(deps)
  const moved = { ...deps, config: { ...deps.config, publicUrl: 'http://localhost:9090' } }

  assert.equal(statSync(join(folder.path, 'demo-accounts.json')).mode & 0o777, 0o600)
  assert.match(whoCanSignIn(moved) ?? '', /^Demo world at http:\/\/localhost:9090\. Everybody's password: [\w-]{23}\n/)
  assert.equal(readAccounts(moved.config)?.tokenUrl, 'http://localhost:9090/{tenantId}/oauth2/v2.0/token')
})
