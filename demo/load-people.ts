import { sql } from 'kysely'
import { createUser } from '../src/features/identity/create-user.ts'
import { assignLicenses } from '../src/features/licenses/assign-licenses.ts'
import type { CustomerId, UserId } from '../src/kernel/ids.ts'
import { customers } from './customers.ts'
import { personName } from './people.ts'
import { actorOf, type Stage, tenantOf } from './stage.ts'

/** Customers that get more people than their administrators; more would only take time to load. */
const staffed = 24

/** What a customer's people work with. */
interface Owned {
  readonly productId: string
  readonly skuId: string
  readonly quantity: number
}

/**
 * Gives customers people with licenses: some products are taken up to the last license, some have many left, and a few people have
 * no usage location yet, or a service switched off. Nobody of them signs in, so none has a password.
 */
export async function loadPeople(stage: Stage): Promise<void> {
  let place = 0
  for (const { prefix, country, how } of customers) {
    if (place === staffed) return
    const tenant = tenantOf(stage, prefix)
    if (how === 'ask' || !tenant.users.some(({ role }) => role === 'global_admin')) continue
    const customerId = tenant.tenantId as CustomerId
    const owned = await readOwned(stage, customerId)
    if (owned.length === 0) continue
    place += 1
    const locale = country === 'US' ? 'en' : 'tr'
    const userIds = await addPeople(stage, prefix, { place, locale, country })
    await assign(stage, prefix, place, userIds, owned)
  }
}

async function readOwned({ deps }: Stage, customerId: CustomerId): Promise<readonly Owned[]> {
  const { rows } = await sql<Owned>`
    select product_id as "productId", sku_id as "skuId", sum(quantity)::int as quantity from subscriptions
    where customer_id = ${customerId} and status = 'active' and kind in ('license', 'addon')
    group by 1, 2 order by 1, 2 limit 2`.execute(deps.db)
  return rows
}

async function addPeople(
  stage: Stage,
  prefix: string,
  { place, locale, country }: { readonly place: number; readonly locale: 'en' | 'tr'; readonly country: string },
): Promise<readonly UserId[]> {
  const tenant = tenantOf(stage, prefix)
  const admin = actorOf(stage, prefix, 'global_admin')
  const at = stage.at(20 - (place % 15), 8 + (place % 9))
  return await stage.deps.db.transaction().execute(async (tx) => {
    const ids: UserId[] = []
    for (let turn = 0; turn < 4 + (place % 4); turn += 1) {
      const name = personName(locale, 500 + place * 8 + turn)
      const username = `${asciiOf(name.firstName)}.${asciiOf(name.lastName)}${turn}@${tenant.domain}`
      const usageLocation = turn === 3 && place % 4 === 1 ? {} : { usageLocation: country }
      const id = await createUser(tx, admin, at, {
        organizationId: tenant.tenantId,
        organizationKind: 'customer',
        username,
        email: username,
        ...name,
        locale,
        roles: ['user'],
        temporary: false,
        ...usageLocation,
      })
      ids.push(id)
    }
    return ids
  })
}

/** A sign-in name is plain letters, whatever the person's name is written with. */
function asciiOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('ı', 'i')
    .normalize('NFKD')
    .replaceAll(/[^a-z]/g, '')
}

async function assign(
  stage: Stage,
  prefix: string,
  place: number,
  userIds: readonly UserId[],
  owned: readonly Owned[],
): Promise<void> {
  const tenant = tenantOf(stage, prefix)
  for (const [turn, { productId, skuId }] of owned.entries()) {
    const holders = userIds.slice(0, turn === 0 ? userIds.length : 2)
    const { rows } = await sql<{ plan: string }>`
      select plan_id as plan from sku_service_plans where product_id = ${productId} and sku_id = ${skuId} order by 1 limit 1`.execute(
      stage.deps.db,
    )
    const plansOff = place % 5 === 2 ? rows.map(({ plan }) => plan) : []
    await assignLicenses(stage.deps, actorOf(stage, prefix, 'global_admin'), {
      customerId: tenant.tenantId as CustomerId,
      userIds: [...holders],
      licenses: [{ productId, skuId, assigned: true, plansOn: [], plansOff }],
    })
  }
}
