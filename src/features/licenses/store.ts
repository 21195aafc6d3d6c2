import { sql } from 'kysely'
import type { CustomerId, UserId } from '../../kernel/ids.ts'
import type { Role } from '../../kernel/permissions.ts'
import { searchKey, sortKey } from '../../kernel/text.ts'
import type { Actor, Db, Tx } from '../../platform/context.ts'
import type { Sku } from './rules.ts'

/** Whether Kanal knows a country. */
export async function isCountry(db: Db, code: string): Promise<boolean> {
  const { rows } = await sql`select from countries where code = ${code}`.execute(db)
  return rows.length > 0
}

/** What of a person is changed by hand. */
export interface PersonDetails {
  readonly firstName: string
  readonly lastName: string
  readonly displayName: string
  readonly usageLocation: string | null
  readonly locale: 'en' | 'tr'
}

/** A person whose row is held. */
export interface HeldPerson extends PersonDetails {
  readonly id: UserId
  readonly username: string
  readonly email: string
}

/** Reads a customer's user and holds its row until the transaction ends; undefined when there is none, or it is deleted. */
export async function holdDetails(tx: Tx, customerId: CustomerId, userId: UserId): Promise<HeldPerson | undefined> {
  const { rows } = await sql<HeldPerson>`
    select id, username, email, first_name as "firstName", last_name as "lastName", display_name as "displayName",
      usage_location as "usageLocation", locale
    from users
    where id = ${userId} and organization_id = ${customerId} and organization_kind = 'customer' and status <> 'deleted'
    for no key update`.execute(tx)
  return rows[0]
}

/** Puts a person's details, and the keys by which lists find it. */
export async function putDetails(tx: Tx, at: Date, person: HeldPerson, details: PersonDetails): Promise<void> {
  const { firstName, lastName, displayName, usageLocation, locale } = details
  await sql`
    update users set first_name = ${firstName}, last_name = ${lastName}, display_name = ${displayName},
      usage_location = ${usageLocation}, locale = ${locale}, sort_key = ${sortKey(displayName)},
      search_key = ${searchKey(`${displayName} ${person.username} ${person.email}`)}, changed_at = ${at}
    where id = ${person.id}`.execute(tx)
}

/** A deleted user that may come back. */
export interface DeletedPerson {
  readonly name: string
  readonly username: string
  readonly roles: readonly Role[]
  readonly deletedAt: Date
  /** Somebody signs in with its name, or has it as address, meanwhile. */
  readonly nameTaken: boolean
}

/** Reads a deleted user of a customer that has not been removed yet, and holds its row. */
export async function holdDeleted(tx: Tx, customerId: CustomerId, userId: UserId): Promise<DeletedPerson | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`users of ${customerId}`}, 0))`.execute(tx)
  const { rows } = await sql<DeletedPerson>`
    select u.display_name as name, u.former_username as username, u.former_roles as roles, u.deleted_at as "deletedAt",
      exists (select from users o where o.status <> 'deleted'
        and (o.username = u.former_username or o.email = u.former_username)) as "nameTaken"
    from users u
    where u.id = ${userId} and u.organization_id = ${customerId} and u.organization_kind = 'customer'
      and u.former_username is not null
    for update of u`.execute(tx)
  return rows[0]
}

/** A person as licenses are given to it. */
export interface Holder {
  readonly id: UserId
  readonly name: string
  readonly usageLocation: string | null
}

/** Reads those of the named users that are the customer's, by name, and keeps them from being deleted until the transaction ends. */
export async function holdHolders(
  tx: Tx,
  customerId: CustomerId,
  userIds: readonly UserId[],
): Promise<readonly Holder[]> {
  // Locked in the order of their ids, so that two requests with the same people do not wait in a circle.
  const { rows } = await sql<Holder & { sortKey: string }>`
    select id, display_name as name, usage_location as "usageLocation", sort_key as "sortKey" from users
    where id = any(${[...userIds]}::uuid[]) and organization_id = ${customerId} and organization_kind = 'customer'
      and status <> 'deleted'
    order by id for share`.execute(tx)
  return rows.toSorted((one, other) => (one.sortKey < other.sortKey ? -1 : one.sortKey > other.sortKey ? 1 : 0))
}

/** What somebody holds of a product. */
export interface Holding extends Sku {
  readonly userId: UserId
  readonly offPlans: readonly string[]
}

/** Which of these products each of these people has. */
export async function readHoldings(
  tx: Tx,
  customerId: CustomerId,
  userIds: readonly UserId[],
  skus: readonly Sku[],
): Promise<readonly Holding[]> {
  const { rows } = await sql<Holding>`
    select user_id as "userId", product_id as "productId", sku_id as "skuId", off_plans as "offPlans"
    from license_assignments
    where customer_id = ${customerId} and user_id = any(${[...userIds]}::uuid[])
      and (product_id, sku_id) in (select * from ${unnestSkus(skus)})`.execute(tx)
  return rows
}

/** A product as it is called, with the services in it. */
export interface KnownSku extends Sku {
  readonly title: string
  readonly plans: readonly string[]
}

/** The products of the catalog among these. */
export async function readSkus(db: Db, skus: readonly Sku[]): Promise<readonly KnownSku[]> {
  const { rows } = await sql<KnownSku>`
    select k.product_id as "productId", k.sku_id as "skuId", k.title,
      array(select p.plan_id from sku_service_plans p where p.product_id = k.product_id and p.sku_id = k.sku_id order by 1) as plans
    from skus k where (k.product_id, k.sku_id) in (select * from ${unnestSkus(skus)})`.execute(db)
  return rows
}

function unnestSkus(skus: readonly Sku[]) {
  return sql`unnest(${skus.map(({ productId }) => productId)}::text[], ${skus.map(({ skuId }) => skuId)}::text[])`
}

/** Gives licenses. The database refuses what is more than there is (`license_assignments_within_owned`). */
export async function insertHoldings(
  tx: Tx,
  actor: Actor,
  at: Date,
  customerId: CustomerId,
  holdings: readonly Holding[],
): Promise<void> {
  if (holdings.length === 0) return
  await sql`
    insert into license_assignments (customer_id, user_id, product_id, sku_id, off_plans, assigned_at, assigned_by, assigned_by_name)
    select ${customerId}, user_id, product_id, sku_id, array(select jsonb_array_elements_text(off_plans)), ${at}, ${actor.userId},
      ${actor.userName}
    from ${unnestHoldings(holdings)}`.execute(tx)
}

/** Switches services of licenses that are held. */
export async function putPlans(tx: Tx, customerId: CustomerId, holdings: readonly Holding[]): Promise<void> {
  if (holdings.length === 0) return
  await sql`
    update license_assignments a set off_plans = array(select jsonb_array_elements_text(n.off_plans))
    from ${unnestHoldings(holdings)}
    where a.customer_id = ${customerId} and a.user_id = n.user_id and a.product_id = n.product_id and a.sku_id = n.sku_id`.execute(
    tx,
  )
}

/** Takes licenses back. */
export async function deleteHoldings(tx: Tx, customerId: CustomerId, holdings: readonly Holding[]): Promise<void> {
  if (holdings.length === 0) return
  await sql`
    delete from license_assignments a using ${unnestHoldings(holdings)}
    where a.customer_id = ${customerId} and a.user_id = n.user_id and a.product_id = n.product_id and a.sku_id = n.sku_id`.execute(
    tx,
  )
}

function unnestHoldings(holdings: readonly Holding[]) {
  return sql`unnest(${holdings.map(({ userId }) => userId)}::uuid[], ${holdings.map(({ productId }) => productId)}::text[],
    ${holdings.map(({ skuId }) => skuId)}::text[], ${holdings.map(({ offPlans }) => JSON.stringify(offPlans))}::jsonb[])
    as n (user_id, product_id, sku_id, off_plans)`
}
