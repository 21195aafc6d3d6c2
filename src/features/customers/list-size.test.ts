import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { newId } from '../../kernel/ids.ts'
import { packCursor } from '../../kernel/paging.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { testWorld } from '../../platform/test-world.ts'
import { givenUser } from '../identity/test-users.ts'
import { givenPartnership } from '../partnerships/test-partnerships.ts'
import { givenProvider, givenReseller } from '../program/test-organizations.ts'
import { listCustomers } from './list-customers.ts'

const size = 20_000

/** Customers of one provider, one in four with the reseller, one in four hundred in Azerbaijan, one in five hundred unattested. */
async function givenMany(deps: Deps, providerId: string, resellerId: string, partnershipId: string): Promise<void> {
  const id = sql`('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`
  const country = sql`case when n % 400 = 0 then 'AZ' else 'TR' end`
  const keys = sql`'customer' || lpad(n::text, 6, '0'), 'customer ' || n || ' inc c' || n || '.onkanal.example'`
  const numbers = sql`from generate_series(1, ${sql.lit(size)}) n`
  await sql`
    insert into customers (id, legal_name, country, culture, language, primary_domain, address_line1, city, contact_first_name,
      contact_last_name, contact_email, sort_key, created_at)
    select ${id}, 'Customer ' || n, ${country}, 'tr-TR', 'tr', 'c' || n || '.onkanal.example', 'a', 'b', 'c', 'd', 'e@f.example', '', now()
    ${numbers}`.execute(deps.db)
  await sql`
    insert into customer_relationships (customer_id, id, partner_id, type, via, state, started_at, country, sort_key, search_key,
      agreement, has_reseller)
    select ${id}, ${id}, ${sql.lit(providerId)}, 'provider', 'created', 'active', now(), ${country}, ${keys},
      case when n % 500 = 0 then 'missing' else 'attested' end, n % 4 = 0 ${numbers}`.execute(deps.db)
  await sql`
    insert into customer_reseller_associations (customer_id, id, provider_id, reseller_id, partnership_id, created_at, created_by,
      created_by_name, sort_key, search_key)
    select ${id}, ${id}, ${sql.lit(providerId)}, ${sql.lit(resellerId)}, ${sql.lit(partnershipId)}, now(), ${id}, '', ${keys}
    ${numbers} where n % 4 = 0`.execute(deps.db)
  await sql`analyze customers, customer_relationships, customer_reseller_associations`.execute(deps.db)
}

/** How many rows of the lists' tables a page reads, and how often it reads a table from end to end. */
async function costOf(
  deps: Deps,
  actor: Actor,
  input: object,
): Promise<{ readonly rows: number; readonly scans: number; readonly items: number }> {
  return await deps.db.transaction().execute(async (tx) => {
    const page = await listCustomers({ ...deps, db: tx }, actor, {
      size: 50,
      sort: 'name',
      access: 'account',
      ...input,
    })
    const { rows } = await sql<{ rows: bigint; scans: bigint }>`
      select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::bigint as rows, sum(seq_scan)::bigint as scans
      from pg_stat_xact_user_tables
      where relname in ('customers', 'customer_relationships', 'customer_reseller_associations')`.execute(tx)
    return { rows: Number(rows[0]?.rows), scans: Number(rows[0]?.scans), items: page.items.length }
  })
}

test('S95 S97 a page of a long list reads the rows of that page: first, last, filtered, searched', async () => {
  await using world = await testWorld()
  const { deps } = world
  const provider = await givenProvider(deps)
  const reseller = await givenReseller(deps)
  const partnershipId = await givenPartnership(deps, provider, reseller)
  await givenMany(deps, provider.organizationId, reseller.organizationId, partnershipId)
  // As autovacuum does in life: until then the search index keeps new entries in a list apart, and a scan looks cheaper.
  await deps.pool.query('vacuum (analyze) customer_relationships, customer_reseller_associations')
  const { actor } = await givenUser(deps, { ...provider, kind: 'provider', roles: ['sales_agent'] })
  const theirs = (await givenUser(deps, { ...reseller, kind: 'reseller', roles: ['sales_agent'] })).actor
  const late = packCursor([`customer0${size - 400}`, newId()])

  for (const [who, input] of [
    [actor, {}],
    [actor, { cursor: late }],
    [actor, { sort: '-name' }],
    [actor, { reseller: reseller.organizationId }],
    [actor, { reseller: reseller.organizationId, cursor: late }],
    [actor, { reseller: 'none', cursor: late }],
    [actor, { country: 'AZ' }],
    [actor, { country: 'GE' }],
    [actor, { agreement: 'missing' }],
    [actor, { agreement: 'direct' }],
    [actor, { relationship: 'invited' }],
    [actor, { search: 'c19777' }],
    [actor, { search: 'zebra' }],
    [theirs, {}],
    [theirs, { cursor: late }],
  ] as const) {
    const cost = await costOf(deps, who, input)
    assert.ok(cost.scans === 0 && cost.rows <= 2000, `${JSON.stringify(input)} ${JSON.stringify(cost)}`)
  }
})
