import type { RefusalName } from '../../kernel/errors.ts'
import { type Pool, type Sku, whyNotAssign } from './rules.ts'
import type { Holder, Holding } from './store.ts'

/** What shall hold of one product for everybody asked about. */
export interface WantedLicense extends Sku {
  readonly title: string
  /** Undefined: who has it keeps it. */
  readonly assigned: boolean | undefined
  readonly plansOn: readonly string[]
  readonly plansOff: readonly string[]
}

/** What happens to one person's licenses. */
export interface PersonDecision {
  readonly person: Holder
  readonly give: readonly Holding[]
  readonly take: readonly Holding[]
  readonly change: readonly Holding[]
  readonly problems: readonly (Sku & { readonly title: string; readonly reason: RefusalName })[]
}

/** A product as a key of a map. */
export function skuKey({ productId, skuId }: Sku): string {
  return `${productId}/${skuId}`
}

/**
 * Decides what each person gets, in the order given, until a product has no license left: the others are refused one by one.
 * Pure; the pools are what was there when they were held.
 */
export function decideLicenses(
  people: readonly Holder[],
  wanted: readonly WantedLicense[],
  holdings: readonly Holding[],
  pools: ReadonlyMap<string, Pool>,
): readonly PersonDecision[] {
  const taken = new Map([...pools].map(([key, pool]) => [key, pool.assigned]))
  const held = new Map(holdings.map((one) => [`${one.userId} ${skuKey(one)}`, one]))
  return people.map((person) => {
    const decision = { person, give: [] as Holding[], take: [] as Holding[], change: [] as Holding[] }
    const problems: PersonDecision['problems'][number][] = []
    for (const license of wanted) {
      const { productId, skuId, title } = license
      const key = skuKey(license)
      const has = held.get(`${person.id} ${key}`)
      const next: Holding = { userId: person.id, productId, skuId, offPlans: plansAfter(has?.offPlans ?? [], license) }
      if (license.assigned === false) {
        if (has) decision.take.push(has)
        if (has) taken.set(key, (taken.get(key) ?? 0) - 1)
      } else if (has) {
        if (!sameSet(has.offPlans, next.offPlans)) decision.change.push(next)
      } else if (license.assigned === true) {
        const assigned = taken.get(key) ?? 0
        const reason = whyNotAssign({ owned: pools.get(key)?.owned ?? 0, assigned }, person)
        if (reason === null) decision.give.push(next)
        if (reason === null) taken.set(key, assigned + 1)
        else problems.push({ productId, skuId, title, reason })
      }
    }
    return { ...decision, problems }
  })
}

/** The services that are off afterwards, in a fixed order. */
function plansAfter(off: readonly string[], { plansOn, plansOff }: WantedLicense): readonly string[] {
  return [...new Set([...off.filter((plan) => !plansOn.includes(plan)), ...plansOff])].toSorted()
}

function sameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((plan) => other.includes(plan))
}
