import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { chargeChecks } from '../features/billing/check-charges.ts'
import { givenMarket, givenOffer, givenOrder } from '../features/orders/test-orders.ts'
import { subscriptionChecks } from '../features/subscriptions/check-subscriptions.ts'
import { advance, provision } from '../features/subscriptions/test-subscriptions.ts'
import { findBroken } from '../platform/integrity.ts'
import { cloneDatabase } from '../platform/test-server.ts'
import { testWorld } from '../platform/test-world.ts'
import { kanal } from './test-kanal.ts'

const checks = [...subscriptionChecks, ...chargeChecks]

/** For each check what breaks it, and nothing else unless told. */
const breaks: Readonly<Record<string, { readonly sql: string; readonly also?: readonly string[] }>> = {
  'licenses are the sum of their lots': {
    sql: `update seat_lots set quantity = quantity + 1 where subscription_id = $1`,
  },
  'each subscription is due when its state says so': {
    sql: `update subscriptions set next_due_at = next_due_at + interval '1 day' where id = $1`,
  },
  'a next term is planned once, and only where one follows': {
    sql: `with off as (update subscriptions set auto_renew = false where id = $1)
      insert into scheduled_changes (customer_id, subscription_id, id, status, product_id, sku_id, title, quantity, term,
        billing_plan, created_at, created_by, created_by_name)
      select customer_id, id, id, 'open', product_id, sku_id, title, 5, term, billing_plan, now(), id, ''
      from subscriptions where id = $1`,
  },
  'each subscription has one support contact': {
    sql: `update support_contacts set valid_to = valid_from where subscription_id = $1`,
  },
  'no add-on is active without its base': {
    sql: `update subscriptions set status = 'suspended', auto_renew = false where id = $1`,
  },
  'each period is charged once, without gaps': {
    sql: `insert into charge_lines select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(),
        'charge_start', c.charge_start + 3))).* from charge_lines c where subscription_id = $1 and type = 'new'`,
    also: ['the total of an order is that of its charges'],
  },
  'a subscription is charged until the day it says': {
    sql: `update subscriptions set charged_until = charged_until - 1, next_due_at = next_due_at - interval '1 day' where id = $1`,
  },
  'no more is given back than was charged': {
    sql: `insert into charge_lines select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(),
        'type', 'removeQuantity', 'quantity', -11, 'cost_minor', -11, 'retail_minor', -11))).*
      from charge_lines c where subscription_id = $1 and type = 'new'`,
  },
  'a charge has the cost and the retail of its licenses': {
    sql: `insert into charge_lines select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(),
        'type', 'addQuantity', 'quantity', 2, 'cost_minor', 3))).*
      from charge_lines c where subscription_id = $1 and type = 'new'`,
  },
  'a charge names the reseller of record of its time': {
    sql: `insert into charge_lines select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(),
        'type', 'addQuantity', 'reseller_partner_id', '1'))).*
      from charge_lines c where subscription_id = $1 and type = 'new'`,
  },
  'the total of an order is that of its charges': {
    sql: `update orders set total_cost_minor = total_cost_minor + 1
      where id = (select order_id from subscriptions where id = $1)`,
  },
}

test('what was sold and lived agrees with itself, and each thing that does not is named with its row', async () => {
  await using world = await testWorld()
  const { deps } = world
  const market = await givenMarket(world)
  const offer = await givenOffer(deps)
  const addOn = await givenOffer(deps, { kind: 'addon', prerequisites: [offer.key] })
  const [id] = await givenOrder(deps, market, [offer.line(10, market.reseller.partnerId), addOn.line(3)])
  await provision(deps)
  await advance(deps, market.provider.organizationId, new Date('2028-02-15T00:00:00Z'))
  const client = await deps.pool.connect()
  try {
    assert.deepEqual(await findBroken(client, checks), [])
    assert.deepEqual(Object.keys(breaks).toSorted(), checks.map(({ name }) => name).toSorted())
    for (const [name, { sql, also = [] }] of Object.entries(breaks)) {
      await client.query('begin')
      await client.query(sql, [id])
      const findings = await findBroken(client, checks)
      await client.query('rollback')
      assert.deepEqual(findings.map((finding) => finding.name).toSorted(), [name, ...also].toSorted())
      const examples = findings.flatMap((finding) => finding.examples)
      assert.ok(
        examples.every((text) => /^(?:subscription|charge|order) \S+ of customer /.test(text)),
        examples.join(),
      )
    }
  } finally {
    client.release()
  }
})

test('doctor prints every check, and exits 1 when one finds something', async () => {
  await using database = await cloneDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'kanal-cli-'))
  try {
    const { status, out, err } = await kanal(database, folder, 'doctor')
    for (const { name } of checks) assert.ok(out.includes(`ok       ${name}\n`), `${out}${err}`)
    // Databases of tests may lose what they wrote; doctor says so.
    assert.equal(status, out.includes('PROBLEM') ? 1 : 0)
  } finally {
    await rm(folder, { recursive: true })
  }
})
