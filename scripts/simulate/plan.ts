import { dayMs, hourMs } from '../../src/kernel/time.ts'
import { type Chance, chanceOf } from './chance.ts'

export const actNames = [
  'more licenses',
  'fewer licenses',
  'cancel',
  'suspend',
  'reactivate',
  'auto-renew off',
  'auto-renew on',
  'plan',
  'take the plan back',
  'convert the trial',
  'upgrade all',
  'upgrade some',
  'another reseller',
] as const
export type ActName = (typeof actNames)[number]

/** Something that somebody does at an instant: orders for a place of the plan, or acts on what was ordered for it. */
export interface Planned {
  readonly at: Date
  /** Which of the subscriptions of the plan it is about. */
  readonly place: number
  readonly what: 'order' | ActName
  /** For all else that is chosen when it is done. */
  readonly chance: Chance
}

/** Within the first days much is changed, later now and then; in between whole years go by. */
const spans = [20 * hourMs, 7 * dayMs, 7 * dayMs, 40 * dayMs, 400 * dayMs, 1000 * dayMs] as const

/** All that people will do, in its order. No two things happen at one instant. It follows from the seed. */
export function makePlan(seed: number, from: Date, to: Date, subscriptions: number): readonly Planned[] {
  const length = to.getTime() - from.getTime()
  const planned: Planned[] = []
  for (let place = 0; place < subscriptions; place += 1) {
    const chance = chanceOf(seed, place)
    // Some begin on the first day, most later; the last ones in the last quarter live short lives.
    const ordered = from.getTime() + Math.floor(chance.next() * length * (chance.happens(0.2) ? 0.02 : 0.85))
    const add = (at: number, what: Planned['what']) => {
      // Each place has milliseconds of its own.
      const own = Math.floor(at / 10_000) * 10_000 + place
      if (own < to.getTime())
        planned.push({ at: new Date(own), place, what, chance: chanceOf(seed, place * 64 + planned.length) })
    }
    add(ordered, 'order')
    for (let act = chance.between(1, 6); act > 0; act -= 1) {
      add(ordered + 10_000 + hourMs + chance.between(0, chance.pick(spans)), chance.pick(actNames))
    }
  }
  return planned.toSorted((a, b) => a.at.getTime() - b.at.getTime())
}
