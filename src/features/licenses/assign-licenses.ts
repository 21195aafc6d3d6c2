import { fieldRefusal } from '../../kernel/errors.ts'
import type { UserId } from '../../kernel/ids.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { reachPeople } from './access.ts'
import { decideLicenses, type PersonDecision, skuKey, type WantedLicense } from './decide-licenses.ts'
import { holdPools } from './hold-pools.ts'
import {
  deleteHoldings,
  holdHolders,
  insertHoldings,
  type KnownSku,
  putPlans,
  readHoldings,
  readSkus,
} from './store.ts'
import { aboutPerson } from './subject.ts'
import type { AssignedLicenses, AssignLicenses } from './wire.ts'

/**
 * Gives, takes and switches licenses of up to a hundred people of a customer. What cannot be given to somebody is refused for that
 * one and listed; the others get theirs. One audit record for each person that something changed for. Safe to repeat: the input
 * says what shall hold, not a difference.
 *
 * @throws Refusal as `reachPeople`; invalidRequest for a product or a service of it that the catalog does not have
 */
export async function assignLicenses(deps: Deps, actor: Actor, input: AssignLicenses): Promise<AssignedLicenses> {
  const { customerId } = input
  const userIds = [...new Set(input.userIds)]
  const { result } = await write(deps, actor, async (tx) => {
    const at = deps.now()
    const customer = await reachPeople(tx, actor, customerId, 'assignLicenses', at)
    const known = await readSkus(tx, input.licenses)
    const wanted = input.licenses.map((license, place) => wantedOf(license, place, known))
    // People before pools: whoever deletes somebody locks in the same order.
    const holders = await holdHolders(tx, customerId, userIds)
    const pools = await holdPools(tx, customerId, wanted)
    const holdings = await readHoldings(
      tx,
      customerId,
      holders.map(({ id }) => id),
      wanted,
    )
    const decisions = decideLicenses(holders, wanted, holdings, pools)
    await deleteHoldings(
      tx,
      customerId,
      decisions.flatMap(({ take }) => take),
    )
    await insertHoldings(
      tx,
      actor,
      at,
      customerId,
      decisions.flatMap(({ give }) => give),
    )
    await putPlans(
      tx,
      customerId,
      decisions.flatMap(({ change }) => change),
    )
    for (const decision of decisions.filter(hasChange)) {
      await record(tx, actor, at, {
        action: 'user.licenses_changed',
        ...aboutPerson(actor, customer, decision.person.id),
        ...valuesOf(decision, known),
      })
    }
    return toReply(userIds, decisions)
  })
  return result
}

function wantedOf(
  { productId, skuId, assigned, plansOn, plansOff }: AssignLicenses['licenses'][number],
  place: number,
  known: readonly KnownSku[],
): WantedLicense {
  const sku = known.find((one) => one.productId === productId && one.skuId === skuId)
  if (!sku) throw fieldRefusal(`licenses.${place}.productId`, 'notOneOf')
  const unknown = [...plansOn, ...plansOff].some((plan) => !sku.plans.includes(plan))
  if (unknown) throw fieldRefusal(`licenses.${place}.plansOff`, 'notOneOf')
  return { productId, skuId, title: sku.title, assigned, plansOn, plansOff }
}

function hasChange({ give, take, change }: PersonDecision): boolean {
  return give.length + take.length + change.length > 0
}

/** What the record shows: product names, and the services that are off. */
function valuesOf({ person, give, take, change }: PersonDecision, known: readonly KnownSku[]) {
  const nameOf = (sku: { readonly productId: string; readonly skuId: string }) =>
    known.find((one) => skuKey(one) === skuKey(sku))?.title ?? skuKey(sku)
  const off = [...give, ...change].flatMap(({ offPlans }) => offPlans)
  return {
    before: { name: person.name, ...(take.length > 0 ? { licenses: take.map(nameOf) } : {}) },
    after: {
      name: person.name,
      ...(give.length + change.length > 0 ? { licenses: [...give, ...change].map(nameOf) } : {}),
      ...(off.length > 0 ? { switchedOff: off } : {}),
    },
  }
}

function toReply(userIds: readonly UserId[], decisions: readonly PersonDecision[]): AssignedLicenses {
  const found = new Set(decisions.map(({ person }) => person.id))
  const results = [
    ...decisions.map(({ person, give, take, change, problems }) => ({
      userId: person.id as string,
      name: person.name,
      given: give.length,
      taken: take.length,
      switched: change.length,
      problems: [...problems],
      missing: false,
    })),
    ...userIds
      .filter((id) => !found.has(id))
      .map((id) => ({ userId: id as string, name: '', given: 0, taken: 0, switched: 0, problems: [], missing: true })),
  ]
  return {
    changed: decisions.filter(hasChange).length,
    refused: results.filter(({ problems, missing }) => missing || problems.length > 0).length,
    results,
  }
}
