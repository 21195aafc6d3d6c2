import { sql } from 'kysely'
import { fieldRefusal } from '../../kernel/errors.ts'
import { type CustomerId, isUuid } from '../../kernel/ids.ts'
import { type Page, page, unpackCursor, unpackTimeCursor } from '../../kernel/paging.ts'
import { likePattern, searchKey } from '../../kernel/text.ts'
import { dayMs } from '../../kernel/time.ts'
import type { Actor, Db } from '../../platform/context.ts'
import { seesSubscription } from '../customers/sql.ts'
import { restoreDays, restorableUntil } from '../identity/rules.ts'
import { ownedSql } from '../subscriptions/license-pools.ts'
import { availableOf } from './rules.ts'
import type { ListLicenses, ListPeople, Person, ProductLicenses } from './wire.ts'

/*
 * What these read is a customer's own; each is asked for a customer that `reachPeople` has opened.
 */

type PersonRow = Omit<
  Person,
  'lastSignInAt' | 'temporaryPasswordExpiresAt' | 'lockedUntil' | 'restorableUntil' | 'daysLeft'
> & {
  readonly lastSignInAt: Date | null
  readonly temporaryPasswordExpiresAt: Date | null
  readonly lockedUntil: Date | null
  readonly deletedAt: Date | null
  readonly sortKey: string
}

/** A customer's people: those active by name, in the order of the Turkish alphabet; those deleted that can be restored, latest first. */
export async function listPeople(db: Db, at: Date, input: ListPeople): Promise<Page<Person>> {
  const { customerId, role, size } = input
  const words = searchKey(input.search ?? '')
    .split(' ')
    .filter((word) => word !== '')
  const wanted = sql`
    ${
      words.length === 0
        ? sql``
        : sql`and ${sql.join(
            words.map((word) => sql`u.search_key like ${likePattern(word)}`),
            sql` and `,
          )}`
    }
    ${role === undefined ? sql`` : hasRole(input.tab, role)}`
  const found =
    input.tab === 'deleted'
      ? await sql<PersonRow>`
          select ${columns} from users u
          where u.organization_id = ${customerId} and u.organization_kind = 'customer' and u.former_username is not null
            and u.deleted_at >= ${new Date(at.getTime() - restoreDays * dayMs)} ${afterDeleted(input.cursor)} ${wanted}
          order by u.deleted_at desc, u.id desc limit ${size + 1}`.execute(db)
      : await sql<PersonRow>`
          select ${columns} from users u
          where u.organization_id = ${customerId} and u.organization_kind = 'customer' and u.status <> 'deleted'
            ${afterName(input.cursor)} ${wanted}
          order by u.sort_key, u.id limit ${size + 1}`.execute(db)
  const paged = page(found.rows, size, (row) =>
    row.deletedAt === null ? [row.sortKey, row.id] : [row.deletedAt.toISOString(), row.id],
  )
  return { ...paged, items: paged.items.map((row) => toPerson(row, at)) }
}

function hasRole(tab: ListPeople['tab'], role: string) {
  return tab === 'deleted'
    ? sql`and ${role} = any(u.former_roles)`
    : sql`and exists (select from role_assignments r where r.user_id = u.id and r.role = ${role} and r.revoked_at is null)`
}

function afterName(cursor: string | undefined) {
  if (cursor === undefined) return sql``
  const after = unpackCursor(cursor, 2)
  if (!after || !isUuid(after[1] ?? '')) throw fieldRefusal('cursor', 'invalid')
  return sql`and (u.sort_key, u.id) > (${after[0]}, ${after[1]}::uuid)`
}

function afterDeleted(cursor: string | undefined) {
  const after = unpackTimeCursor(cursor)
  return after ? sql`and (u.deleted_at, u.id) < (${after.at}, ${after.id}::uuid)` : sql``
}

const columns = sql`
  u.id, u.display_name as name, u.first_name as "firstName", u.last_name as "lastName",
  coalesce(u.former_username, u.username) as username, u.locale, u.usage_location as "usageLocation",
  coalesce(u.former_roles,
    array(select r.role from role_assignments r where r.user_id = u.id and r.revoked_at is null order by r.role)) as roles,
  u.status, u.two_factor_enabled as "secondFactorEnabled", u.last_sign_in_at as "lastSignInAt",
  u.temporary_password_expires_at as "temporaryPasswordExpiresAt", u.locked_until as "lockedUntil", u.deleted_at as "deletedAt",
  u.sort_key as "sortKey",
  coalesce((
    select jsonb_agg(jsonb_build_object('productId', a.product_id, 'skuId', a.sku_id,
      'title', coalesce(k.title, a.product_id || '/' || a.sku_id), 'offPlans', to_jsonb(a.off_plans))
      order by k.sort_key, a.product_id, a.sku_id)
    from license_assignments a left join skus k on k.product_id = a.product_id and k.sku_id = a.sku_id
    where a.customer_id = u.organization_id and a.user_id = u.id), '[]') as licenses`

function toPerson({ sortKey: _, deletedAt, ...row }: PersonRow, at: Date): Person {
  const until = deletedAt === null ? null : restorableUntil(deletedAt)
  return {
    ...row,
    lastSignInAt: row.lastSignInAt?.toISOString() ?? null,
    temporaryPasswordExpiresAt: row.temporaryPasswordExpiresAt?.toISOString() ?? null,
    lockedUntil: row.lockedUntil?.toISOString() ?? null,
    restorableUntil: until?.toISOString() ?? null,
    daysLeft: until && Math.max(Math.ceil((until.getTime() - at.getTime()) / dayMs), 0),
  }
}

/** The names after the @ that a customer's people may sign in with. */
export async function readDomains(db: Db, customerId: CustomerId): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from domains where owner_id = ${customerId} and owner_kind = 'customer'
    order by is_initial desc, name limit 200`.execute(db)
  return rows.map(({ name }) => name)
}

/** Codes of the countries that Kanal knows. */
export async function readCountries(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ code: string }>`select code from countries order by code`.execute(db)
  return rows.map(({ code }) => code)
}

/** How many active users govern a customer. */
export async function countGlobalAdmins(db: Db, customerId: CustomerId): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from role_assignments r join users u on u.id = r.user_id
    where r.organization_id = ${customerId} and r.role = 'global_admin' and r.revoked_at is null and u.status = 'active'`.execute(
    db,
  )
  return rows[0]?.count ?? 0
}

type LicenseRow = Omit<ProductLicenses, 'available'> & { readonly sortKey: string }

/** The products that a customer has licenses of, or people hold some of, by name: how many there are and how many are left. */
export async function listLicenses(db: Db, actor: Actor, input: ListLicenses): Promise<Page<ProductLicenses>> {
  const { customerId, size } = input
  const after = input.cursor === undefined ? undefined : unpackCursor(input.cursor, 3)
  if (input.cursor !== undefined && !after) throw fieldRefusal('cursor', 'invalid')
  const { rows } = await sql<LicenseRow>`
    select p.product_id as "productId", p.sku_id as "skuId", p.title, p.sort_key as "sortKey",
      ${ownedSql(sql.val(customerId), sql.ref('p.product_id'), sql.ref('p.sku_id'))} as owned,
      coalesce((select l.assigned from license_pools l
        where l.customer_id = ${customerId} and l.product_id = p.product_id and l.sku_id = p.sku_id), 0) as assigned,
      coalesce((select jsonb_agg(jsonb_build_object('id', s.plan_id, 'name', s.name) order by s.name, s.plan_id)
        from sku_service_plans s where s.product_id = p.product_id and s.sku_id = p.sku_id), '[]') as plans,
      (select s.id from subscriptions s
        where s.customer_id = ${customerId} and s.product_id = p.product_id and s.sku_id = p.sku_id
          and s.status = 'active' and ${seesSubscription(actor, 's')}
        order by s.created_at desc, s.id desc limit 1) as "subscriptionId"
    from (
      select has.product_id, has.sku_id, coalesce(k.title, has.product_id || '/' || has.sku_id) as title,
        coalesce(k.sort_key, '') as sort_key
      from (
        select product_id, sku_id from subscriptions where customer_id = ${customerId}
          and status in ('active', 'renewing', 'expired') and kind in ('license', 'addon', 'trial')
        union
        select product_id, sku_id from license_pools where customer_id = ${customerId} and assigned > 0
      ) has left join skus k on k.product_id = has.product_id and k.sku_id = has.sku_id
    ) p
    where ${after ? sql`(p.sort_key, p.product_id, p.sku_id) > (${after[0]}, ${after[1]}, ${after[2]})` : sql`true`}
    order by p.sort_key, p.product_id, p.sku_id
    limit ${size + 1}`.execute(db)
  const paged = page(rows, size, ({ sortKey, productId, skuId }) => [sortKey, productId, skuId])
  return { ...paged, items: paged.items.map(({ sortKey: _, ...row }) => ({ ...row, available: availableOf(row) })) }
}
