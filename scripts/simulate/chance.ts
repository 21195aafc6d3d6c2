/** Numbers that look like chance and follow from a seed, so that the same seed makes the same world. */
export interface Chance {
  /** At least 0, below 1. */
  next(): number
  /** A whole number, both ends included. */
  between(least: number, most: number): number
  pick<Value>(values: readonly [Value, ...Value[]]): Value
  /** Whether something happens that happens in `share` of the cases. */
  happens(share: number): boolean
}

/** The numbers of a seed, and of one of its parts: what one part takes does not move the others. */
export function chanceOf(seed: number, part: number): Chance {
  let state = Math.imul(seed ^ 0x9e_37_79_b9, 0x85_eb_ca_6b) ^ Math.imul(part + 1, 0xc2_b2_ae_35)
  // Mulberry32.
  const next = (): number => {
    state = (state + 0x6d_2b_79_f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
  return {
    next,
    between,
    pick: (values) => values[between(0, values.length - 1)] ?? values[0],
    happens: (share) => next() < share,
  }
}
