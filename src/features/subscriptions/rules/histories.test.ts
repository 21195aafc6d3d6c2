import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, dayMs, hourMs, type Term, termEnd, utcDay } from '../../../kernel/time.ts'
import { type BillingPlan, type Charge, chargeForNew, isCharged } from '../../billing/charge.ts'
import { firstTermEnd, type SubscriptionKind, trialDays, windowEnd } from '../rules.ts'
import {
  cancel,
  changeQuantity,
  convertTrial,
  type Decision,
  newLot,
  reactivate,
  removeScheduledChange,
  scheduleChange,
  setAutoRenew,
  suspend,
  type Target,
  upgrade,
} from './acts.ts'
import { chargedAs, type Life, nextStep } from './life.ts'
import { takeStep } from './time.ts'

/** How long a life is looked at after its last act. */
const afterwards = 40 * dayMs
const least = 2
const most = 400

const sold: readonly (readonly [SubscriptionKind, Term, BillingPlan])[] = [
  ['license', 'P1M', 'monthly'],
  ['license', 'P1Y', 'monthly'],
  ['license', 'P1Y', 'annual'],
  ['license', 'P3Y', 'monthly'],
  ['license', 'P3Y', 'annual'],
  ['license', 'P3Y', 'triennial'],
  ['addon', 'P1Y', 'monthly'],
  ['trial', 'P1M', ''],
  ['usage', 'P1M', ''],
  ['software', '', 'onetime'],
  ['software', 'P1Y', 'onetime'],
]

const price = fc.record({
  unitCostMicros: fc.bigInt({ min: 0n, max: 900_000_000n }),
  unitRetailMicros: fc.bigInt({ min: 0n, max: 1_200_000_000n }),
})

const start = fc.record({
  product: fc.constantFrom(...sold),
  price,
  quantity: fc.integer({ min: least, max: most }),
  day: fc.oneof(
    fc.constantFrom('2027-01-31', '2028-01-31', '2028-02-29', '2027-08-31', '2027-12-30', '2028-01-01'),
    fc.integer({ min: 0, max: 1500 }).map((days) => addDays('2026-12-01', days)),
  ),
  time: fc.integer({ min: 0, max: dayMs - 1 }),
  autoRenew: fc.boolean(),
  currency: fc.constantFrom('TRY', 'USD', 'JPY', 'KWD'),
})
type Start = typeof start extends fc.Arbitrary<infer Value> ? Value : never

const names = [
  'changeQuantity',
  'changeQuantity',
  'changeQuantity',
  'cancel',
  'suspend',
  'reactivate',
  'setAutoRenew',
  'scheduleChange',
  'scheduleChange',
  'removeScheduledChange',
  'convertTrial',
  'upgrade',
  'partialUpgrade',
] as const

const act = fc.record({
  name: fc.constantFrom(...names),
  /** Since the one before. At once now and then: two acts of one instant. */
  after: fc.oneof(
    fc.constant(0),
    fc.integer({ min: 1, max: 30 * hourMs }),
    fc.integer({ min: 1, max: 9 * dayMs }),
    fc.integer({ min: 1, max: 60 * dayMs }),
    fc.integer({ min: 1, max: 500 * dayMs }),
  ),
  which: fc.nat({ max: 3 }),
  quantity: fc.integer({ min: least, max: most }),
  yes: fc.boolean(),
  next: fc.constantFrom(...sold.slice(0, 6)),
  price,
  /** Whether the catalog still sells what the next term is planned to be. */
  isSold: fc.boolean(),
})
type Wanted = typeof act extends fc.Arbitrary<infer Value> ? Value : never

/** One subscription on its way, and all that was ever charged for it. */
interface Kept {
  life: Life
  readonly charges: Charge[]
  /** Those that stand for a whole period of all licenses: one for each day. */
  readonly periods: Charge[]
}

test('invariants 26–31, 34, 38: whatever is done whenever, licenses, terms and charges agree, in ten thousand histories', () => {
  fc.assert(
    fc.property(start, fc.array(act, { maxLength: 9 }), (given, acts) => {
      const { all, at } = live(given, acts, (_, to) => [to])
      for (const kept of all) checkCharges(kept, at)
    }),
    { numRuns: 10_000 },
  )
})

test('a leap and a step for each day lead to the same lives and charges', () => {
  fc.assert(
    fc.property(start, fc.array(act, { maxLength: 4 }), (given, acts) => {
      const leap = live(given, acts, (_, to) => [to])
      const daily = live(given, acts, daysBetween)
      assert.deepEqual(daily, leap)
    }),
    { numRuns: 500 },
  )
})

test('whoever comes late charges the same periods', () => {
  fc.assert(
    fc.property(start, fc.integer({ min: 1, max: 900 }), (given, days) => {
      const [punctual, late] = [born(given), born(given)]
      const until = new Date(punctual.life.stateSince.getTime() + days * dayMs)
      pass(punctual, until, undefined)
      for (let taken = step(late, until, undefined); taken; taken = step(late, until, undefined));
      const shown = ({ charges, life }: Kept) => [charges, life.startOn, life.chargedUntil, life.termNumber]
      if (given.autoRenew) assert.deepEqual(shown(late), shown(punctual))
      else assert.deepEqual(late.charges, punctual.charges)
    }),
    { numRuns: 500 },
  )
})

/** Lives a history: before each act, time does its part at each of the instants that `visits` names, and once more at the end. */
function live(given: Start, acts: readonly Wanted[], visits: (from: Date, to: Date) => readonly Date[]) {
  const first = born(given)
  const all = [first]
  let at = first.life.stateSince
  const passTo = (to: Date, wanted: Wanted | undefined) => {
    for (const instant of visits(at, to)) for (const kept of all) pass(kept, instant, wanted)
    at = to
  }
  for (const wanted of acts) {
    passTo(new Date(at.getTime() + wanted.after), wanted)
    const kept = all[wanted.which % all.length] ?? first
    const successor = perform(kept, wanted, at)
    if (successor) all.push(successor)
  }
  passTo(new Date(at.getTime() + afterwards), undefined)
  return { all, at }
}

function daysBetween(from: Date, to: Date): readonly Date[] {
  const days: Date[] = []
  for (let day = from.getTime() + dayMs; day < to.getTime(); day += dayMs) days.push(new Date(day))
  return [...days, to]
}

function born({
  product: [kind, term, billingPlan],
  price: prices,
  quantity,
  day,
  time,
  autoRenew,
  currency,
}: Start): Kept {
  const at = new Date(Date.parse(`${day}T00:00:00Z`) + time)
  const licenses = kind === 'trial' ? 25 : kind === 'usage' ? 1 : quantity
  const life: Life = {
    status: 'active',
    stateSince: at,
    disabledStage: null,
    endedReason: null,
    suspensionReason: null,
    suspensionNote: '',
    kind,
    productId: 'FIRST',
    skuId: '0001',
    title: 'First',
    incentiveEligible: true,
    quantity: licenses,
    lots: [newLot(licenses, 'purchase', at)],
    term,
    billingPlan,
    startOn: day,
    endOn: firstTermEnd(day, kind, term),
    termNumber: 1,
    anchorOn: day,
    chargedUntil: null,
    autoRenew,
    cancelUntil: kind === 'trial' || kind === 'usage' ? null : windowEnd(at),
    currency,
    ...prices,
    scheduled: null,
  }
  const charge = chargeForNew(chargedAs(life), licenses)
  const charges = charge ? [charge] : []
  return { life: { ...life, chargedUntil: charge?.chargeEnd ?? null }, charges, periods: [...charges] }
}

/** All that time does until an instant, each step when it is due. */
function pass(kept: Kept, until: Date, wanted: Wanted | undefined): void {
  for (let due = nextStep(kept.life); due && due.at <= until; due = nextStep(kept.life)) {
    assert.ok(step(kept, due.at, wanted), `${due.step} was due and not taken`)
  }
}

function step(kept: Kept, at: Date, wanted: Wanted | undefined): boolean {
  const { life: before } = kept
  const { scheduled } = before
  const wants = scheduled ?? {
    productId: before.kind === 'trial' ? 'PAID' : before.productId,
    skuId: '0001',
    title: 'Next',
  }
  const kind = before.kind === 'trial' ? 'license' : before.kind
  const product = { ...wants, kind, incentiveEligible: true, price: wanted?.price ?? priceOf(before) }
  const taken = takeStep(before, wanted?.isSold === false ? undefined : product, undefined, at)
  if (!taken) return false
  kept.life = taken.life
  kept.charges.push(...taken.charges)
  kept.periods.push(...taken.charges)
  checkLife(before, taken.life, at)
  if (taken.life.termNumber > before.termNumber) {
    assert.equal(taken.life.startOn, addDays(before.endOn ?? '', 1), 'a term begins the day after the one before')
    if (!scheduled && before.kind !== 'trial') assert.equal(taken.life.quantity, before.quantity)
  } else assert.equal(taken.life.quantity, before.quantity)
  return true
}

function priceOf({ unitCostMicros, unitRetailMicros }: Life) {
  return { unitCostMicros, unitRetailMicros }
}

/** Does an act, if its rule allows it. @returns the subscription that an upgrade of some licenses begins. */
function perform(kept: Kept, wanted: Wanted, at: Date): Kept | undefined {
  const { life: before } = kept
  const decision = decide(before, wanted, at)
  if (decision === 'keep' || 'refuse' in decision) return undefined
  kept.life = decision.life
  kept.charges.push(...decision.charges)
  if (decision.life.termNumber > before.termNumber) kept.periods.push(...decision.charges)
  checkLife(before, decision.life, at)
  if (wanted.name === 'changeQuantity') checkReduction(before, decision.life, at)
  else if (wanted.name === 'reactivate') assert.equal(decision.life.autoRenew, false, 'invariant 31')
  const { successor, successorCharges = [] } = decision as { successor?: Life; successorCharges?: readonly Charge[] }
  if (!successor) return undefined
  assert.equal(successor.quantity + decision.life.quantity, before.quantity)
  assert.equal(successor.endOn, before.endOn)
  const forth = {
    life: { ...successor, status: 'active' } as const,
    charges: [...successorCharges],
    periods: [...successorCharges],
  }
  checkLife(forth.life, forth.life, at)
  return forth
}

function decide(life: Life, wanted: Wanted, at: Date): Decision {
  const { quantity, yes, next } = wanted
  const [, term, billingPlan] = next
  const target: Target = {
    productId: `NEXT${quantity % 3}`,
    skuId: '0001',
    title: 'Next',
    kind: life.kind === 'trial' ? 'license' : life.kind,
    incentiveEligible: true,
    price: wanted.price,
    isOwn: false,
    isConversion: true,
    min: least,
    max: most,
  }
  switch (wanted.name) {
    case 'changeQuantity': {
      // Half of them take from what is there, in small and in large parts.
      const fewer = Math.max(1, life.quantity - (quantity % 9) * (quantity % 5))
      return changeQuantity(life, target, yes ? fewer : quantity, 0, at)
    }
    case 'cancel':
      return cancel(life, at)
    case 'suspend':
      return suspend(life, 'other', '', at)
    case 'reactivate':
      return reactivate(life, null, at)
    case 'setAutoRenew':
      return setAutoRenew(life, yes, at)
    case 'scheduleChange': {
      const endOn = yes && life.endOn !== null ? addDays(life.endOn, quantity) : null
      return scheduleChange(
        life,
        target,
        { quantity, term, billingPlan, endOn },
        { assigned: 0, ends: endOn ? [endOn] : [] },
        at,
      )
    }
    case 'removeScheduledChange':
      return removeScheduledChange(life)
    case 'convertTrial':
      return convertTrial(life, target, { quantity, term, billingPlan }, at)
    case 'upgrade':
      return upgrade(life, target, life.quantity, least, at)
    case 'partialUpgrade':
      return upgrade(life, target, Math.ceil(life.quantity / 2), least, at)
  }
}

function checkLife(before: Life, life: Life, at: Date): void {
  const { lots, quantity, status, endOn, startOn, chargedUntil } = life
  assert.equal(
    lots.reduce((sum, lot) => sum + lot.quantity, 0),
    quantity,
    'invariant 26',
  )
  assert.ok(
    lots.every((lot) => lot.quantity >= 0),
    'invariant 26',
  )
  assert.ok(quantity >= 1)
  if (life.termNumber > before.termNumber) assert.deepEqual(life.cancelUntil, windowEnd(at), 'invariant 28')
  else if (life.cancelUntil !== null) assert.deepEqual(life.cancelUntil, before.cancelUntil, 'invariant 28')
  const longest = life.kind === 'trial' ? addDays(startOn, trialDays - 1) : (termEnd(startOn, life.term) ?? null)
  if (endOn !== null && longest !== null) assert.ok(endOn >= startOn && endOn <= longest, 'invariant 29')
  if (life.scheduled !== null) assert.ok(status === 'active' && life.autoRenew, 'invariant 30')
  if (status !== 'active') assert.equal(life.autoRenew, false, 'invariant 31')
  if (life.kind === 'trial') assert.equal(quantity, 25, 'invariant 34')
  if (endOn !== null && chargedUntil !== null) assert.ok(chargedUntil <= endOn, 'charged beyond the term')
  if (!isCharged(life)) assert.equal(chargedUntil, null)
}

/** Invariant 27: what is taken comes from lots that can still be reduced, and leaves what is the least. */
function checkReduction(before: Life, life: Life, at: Date): void {
  if (life.quantity >= before.quantity) return
  assert.ok(life.quantity >= least, 'invariant 27')
  const key = ({ addedAt, reducibleUntil, source }: Life['lots'][number]) =>
    `${addedAt.getTime()} ${reducibleUntil.getTime()} ${source}`
  const open = ({ reducibleUntil }: Life['lots'][number]) => reducibleUntil >= at
  const sizes = (lots: Life['lots']) =>
    lots
      .filter((lot) => !open(lot))
      .map((lot) => `${key(lot)} ${lot.quantity}`)
      .toSorted()
  assert.deepEqual(sizes(life.lots), sizes(before.lots), 'invariant 27: a closed lot was reduced')
}

/** What was charged and given back in all, day by day and period by period. */
function checkCharges({ life, charges, periods }: Kept, at: Date): void {
  const total = (pick: (charge: Charge) => bigint, of = charges) => of.reduce((sum, charge) => sum + pick(charge), 0n)
  // All charges of a period end with it: no more is given back for it than was charged for it. What has no term has no periods.
  for (const group of Map.groupBy(charges, ({ chargeEnd }) => life.endOn && chargeEnd).values()) {
    assert.ok(total(({ costMinor }) => costMinor, group) >= 0n, 'more cost given back than charged')
    assert.ok(total(({ retailMinor }) => retailMinor, group) >= 0n, 'more given back than charged')
  }
  if (life.chargedUntil === null) return assert.equal(charges.length, 0)
  if (life.endOn === null) {
    const left = charges.reduce((sum, { quantity }) => sum + quantity, 0)
    return assert.equal(left, life.status === 'active' || life.status === 'suspended' ? life.quantity : 0)
  }
  checkPeriods(periods, life.chargedUntil)
  checkDays(life, charges, at)
}

/** Exactly one charge of a period for each day, from the first to the last that is charged. */
function checkPeriods(periods: readonly Charge[], chargedUntil: string): void {
  const sorted = periods.toSorted((a, b) => (a.chargeStart < b.chargeStart ? -1 : 1))
  let next = sorted[0]?.chargeStart ?? ''
  for (const { chargeStart, chargeEnd } of sorted) {
    assert.equal(chargeStart, next, 'a gap or an overlap between periods')
    next = addDays(chargeEnd, 1)
  }
  assert.equal(next, addDays(chargedUntil, 1), 'charged until another day')
}

/** On every day yet to come exactly the licenses that are there are charged, on none less than none. */
function checkDays(life: Life, charges: readonly Charge[], at: Date): void {
  const number = (day: string) => Math.round(Date.parse(`${day}T00:00:00Z`) / dayMs)
  const first = Math.min(...charges.map(({ chargeStart }) => number(chargeStart)))
  const changes = new Int32Array(number(life.chargedUntil ?? '') - first + 2)
  for (const { chargeStart, chargeEnd, quantity } of charges) {
    changes[number(chargeStart) - first] = (changes[number(chargeStart) - first] ?? 0) + quantity
    changes[number(chargeEnd) - first + 1] = (changes[number(chargeEnd) - first + 1] ?? 0) - quantity
  }
  const today = number(utcDay(at))
  const isRunning = life.status === 'active' || life.status === 'suspended'
  let charged = 0
  for (const [index, change] of changes.subarray(0, -1).entries()) {
    charged += change
    assert.ok(charged >= 0, 'less than none charged for a day')
    if (first + index <= today) continue
    assert.equal(charged, isRunning ? life.quantity : 0, 'another number of licenses is charged than there is')
  }
}
