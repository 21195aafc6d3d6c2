import { keyOf, type Person, type ProductLicenses } from './people.ts'

/** A tick, no tick, or a dash: some have it, and nothing changes. */
export type Tick = boolean | 'mixed'

/** What is chosen for one product. */
export interface Choice {
  readonly assigned: Tick
  readonly plans: Readonly<Record<string, Tick>>
}

/** What holds for a product among the chosen people now. */
export function choiceOf(product: ProductLicenses, people: readonly Person[]): Choice {
  const held = people.flatMap((person) => person.licenses.filter((license) => keyOf(license) === keyOf(product)))
  const plans = product.plans.map(({ id }) => {
    const off = held.filter(({ offPlans }) => offPlans.includes(id)).length
    return [id, off === 0 ? true : off === held.length ? false : 'mixed'] as const
  })
  return { assigned: tickOf(held.length, people.length), plans: Object.fromEntries(plans) }
}

function tickOf(count: number, of: number): Tick {
  if (count === 0) return false
  return count === of ? true : 'mixed'
}

/** The next state of a tick that is pressed: a dash can be come back to where it was a dash at first. */
export function pressed(tick: Tick, first: Tick): Tick {
  if (tick === 'mixed') return true
  if (tick) return false
  return first === 'mixed' ? 'mixed' : true
}

/** How many more licenses a choice takes, and how many people hold one already. */
export function neededFor(product: ProductLicenses, { assigned }: Choice, people: readonly Person[]): number {
  if (assigned !== true) return 0
  return people.filter((person) => !person.licenses.some((license) => keyOf(license) === keyOf(product))).length
}

/** What to send for a product: nothing where nothing was chosen otherwise than it is. */
export function changesOf(product: ProductLicenses, choice: Choice | undefined, people: readonly Person[]) {
  if (!choice) return []
  const now = choiceOf(product, people)
  const { productId, skuId } = product
  const switched = (to: boolean) =>
    choice.assigned === false
      ? []
      : product.plans.map(({ id }) => id).filter((id) => choice.plans[id] === to && now.plans[id] !== to)
  // Whoever gets the license with this request has all services but those that are off in the dialog.
  const off =
    choice.assigned === true && now.assigned !== true
      ? product.plans.map(({ id }) => id).filter((id) => choice.plans[id] === false)
      : switched(false)
  const assigned = choice.assigned !== 'mixed' && choice.assigned !== now.assigned ? { assigned: choice.assigned } : {}
  const plansOn = switched(true)
  if (!('assigned' in assigned) && plansOn.length === 0 && off.length === 0) return []
  return [{ productId, skuId, ...assigned, plansOn, plansOff: off }]
}
