/** An exact amount in the smallest unit of its currency (cents, kuruş). */
export interface Money {
  readonly minor: bigint
  readonly currency: string
}

/** A price of one licence, in millionths of the currency's main unit, as exact as the vendor's price list. */
export interface UnitPrice {
  readonly micros: bigint
  readonly currency: string
}

/** How many decimals the smallest unit of a currency has; 2 for every currency not listed (ISO 4217). */
const decimals: Readonly<Record<string, number>> = {
  JPY: 0,
  KRW: 0,
  CLP: 0,
  VND: 0,
  ISK: 0,
  BHD: 3,
  KWD: 3,
  JOD: 3,
  OMR: 3,
  TND: 3,
}

/** Decimals of the currency's smallest unit. */
export function minorDigits(currency: string): number {
  return decimals[currency] ?? 2
}

/**
 * Price of a line: the unit price rounded down to the smallest unit, then multiplied, never the other way round.
 * Source: the field's reconciliation rule, round-down(effective unit price, 2) × quantity.
 */
export function lineTotal(price: UnitPrice, quantity: number): Money {
  const microsPerMinor = 10n ** BigInt(6 - minorDigits(price.currency))
  return { minor: (price.micros / microsPerMinor) * BigInt(quantity), currency: price.currency }
}

/** Reads a decimal such as `12.345600` (at most 6 decimals, not negative); undefined when it is none. */
export function parseMicros(text: string): bigint | undefined {
  const match = /^(\d{1,12})(?:\.(\d{1,6}))?$/.exec(text)
  if (!match) return undefined
  return BigInt(match[1] ?? '0') * 1_000_000n + BigInt((match[2] ?? '').padEnd(6, '0'))
}

/** Writes micros as a decimal with exactly 6 decimals, the form of `numeric(18,6)`. */
export function formatMicros(micros: bigint): string {
  const sign = micros < 0n ? '-' : ''
  const absolute = micros < 0n ? -micros : micros
  return `${sign}${absolute / 1_000_000n}.${(absolute % 1_000_000n).toString().padStart(6, '0')}`
}

/** Adds amounts of one currency. Empty gives zero. Throws when currencies differ: that is a bug, not a refusal. */
export function sum(currency: string, amounts: readonly Money[]): Money {
  let minor = 0n
  for (const amount of amounts) {
    if (amount.currency !== currency) throw new Error(`Cannot add ${amount.currency} to ${currency}`)
    minor += amount.minor
  }
  return { minor, currency }
}

/** Minor units as a JSON number. Throws beyond 2^53, which no accepted quantity and price reach. */
export function wireMinor(minor: bigint): number {
  const value = Number(minor)
  if (!Number.isSafeInteger(value)) throw new Error('Amount too large for JSON')
  return value
}
