import { sql } from 'kysely'
import { Refusal, type RefusalName } from '../../kernel/errors.ts'
import type { OrganizationId, UserId } from '../../kernel/ids.ts'
import { refusalOfConstraint } from '../../platform/constraints.ts'
import type { Actor, Tx } from '../../platform/context.ts'
import { record } from '../audit/record.ts'
import { createUser } from '../identity/create-user.ts'
import type { ReachedCustomer } from './access.ts'
import type { ListedPerson } from './check-list.ts'
import { decideLicenses } from './decide-licenses.ts'
import { holdPools } from './hold-pools.ts'
import type { Sku } from './rules.ts'
import { insertHoldings, readSkus } from './store.ts'
import { aboutPerson, onBehalfOf } from './subject.ts'
import type { RowResult } from './upload-store.ts'

/** How the users of a list are made. */
export interface ListedTerms {
  readonly locale: 'en' | 'tr'
  readonly licenses: readonly Sku[]
  /** One for each person, in their order; without, nobody can sign in before being given one. */
  readonly hashes?: readonly string[]
}

interface Made {
  readonly person: ListedPerson
  readonly userId: UserId | null
  readonly problem: RefusalName | null
}

/**
 * Creates the users of a list, each by itself: whose name was taken meanwhile is refused, the others are created. Then gives them
 * the licenses chosen for the list, as far as there are any.
 */
export async function createListed(
  tx: Tx,
  actor: Actor,
  at: Date,
  customer: ReachedCustomer,
  people: readonly ListedPerson[],
  terms: ListedTerms,
): Promise<readonly RowResult[]> {
  const made: Made[] = []
  for (const [place, person] of people.entries()) {
    made.push(await createOne(tx, actor, at, customer, person, terms.locale, terms.hashes?.[place]))
  }
  const problems = await giveLicenses(tx, actor, at, customer, made, terms.licenses)
  return made.map(({ person, userId, problem }) => ({
    line: person.line,
    userId,
    problem,
    licenseProblems: problems.get(userId ?? '') ?? [],
  }))
}

async function createOne(
  tx: Tx,
  actor: Actor,
  at: Date,
  customer: ReachedCustomer,
  person: ListedPerson,
  locale: 'en' | 'tr',
  hash: string | undefined,
): Promise<Made> {
  const { line: _, ...details } = person
  await sql`savepoint listed`.execute(tx)
  try {
    const userId = await createUser(tx, actor, at, {
      ...details,
      organizationId: customer.id as string as OrganizationId,
      organizationKind: 'customer',
      email: details.username,
      locale,
      roles: ['user'],
      temporary: hash !== undefined,
      ...(hash === undefined ? {} : { passwordHash: hash }),
      ...onBehalfOf(actor, customer),
    })
    if (hash !== undefined) {
      await record(tx, actor, at, { action: 'user.password_shown', ...aboutPerson(actor, customer, userId) })
    }
    await sql`release savepoint listed`.execute(tx)
    return { person, userId, problem: null }
  } catch (error) {
    const refusal = error instanceof Refusal ? error : refusalOfConstraint(error)
    if (!refusal || refusal.reason === 'conflict') throw error
    await sql`rollback to savepoint listed`.execute(tx)
    return { person, userId: null, problem: refusal.reason }
  }
}

async function giveLicenses(
  tx: Tx,
  actor: Actor,
  at: Date,
  customer: ReachedCustomer,
  made: readonly Made[],
  licenses: readonly Sku[],
): Promise<ReadonlyMap<string, RowResult['licenseProblems']>> {
  const created = made.flatMap(({ person, userId }) => (userId === null ? [] : [{ person, userId }]))
  if (licenses.length === 0 || created.length === 0) return new Map()
  const known = await readSkus(tx, licenses)
  const wanted = known.map((sku) => ({ ...sku, assigned: true, plansOn: [], plansOff: [] }))
  const pools = await holdPools(tx, customer.id, known)
  const holders = created.map(({ person, userId }) => ({
    id: userId,
    name: person.displayName,
    usageLocation: person.usageLocation,
  }))
  const decisions = decideLicenses(holders, wanted, [], pools)
  await insertHoldings(
    tx,
    actor,
    at,
    customer.id,
    decisions.flatMap(({ give }) => give),
  )
  for (const { person, give } of decisions) {
    if (give.length === 0) continue
    const titles = give.map((one) =>
      known.find(({ productId, skuId }) => productId === one.productId && skuId === one.skuId),
    )
    await record(tx, actor, at, {
      action: 'user.licenses_changed',
      ...aboutPerson(actor, customer, person.id),
      before: { name: person.name },
      after: { name: person.name, licenses: titles.map((sku) => sku?.title) },
    })
  }
  return new Map(decisions.map(({ person, problems }) => [person.id as string, problems]))
}
