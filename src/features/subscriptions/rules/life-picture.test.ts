import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { dayMs } from '../../../kernel/time.ts'
import { chargeForNew } from '../../billing/charge.ts'
import { firstTermEnd, type SubscriptionStatus, subscriptionStatuses, windowEnd } from '../rules.ts'
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

const document = join(import.meta.dirname, '../../../../docs/product/subscriptions.md')

const bought = new Date('2026-12-01T09:00:00Z')

const target: Target = {
  productId: 'OTHER',
  skuId: '0001',
  title: 'Other',
  kind: 'license',
  incentiveEligible: true,
  price: { unitCostMicros: 90_000_000n, unitRetailMicros: 120_000_000n },
  isOwn: false,
  isConversion: true,
  min: 1,
  max: 300,
}
const next = { quantity: 30, term: 'P1Y', billingPlan: 'monthly', endOn: null } as const

/** Everything a person can do, by its name. */
const acts: Readonly<Record<string, (life: Life, at: Date) => Decision>> = {
  changeQuantity: (life, at) => changeQuantity(life, target, life.quantity + 1, 0, at),
  cancel: (life, at) => cancel(life, at),
  suspend: (life, at) => suspend(life, 'other', '', at),
  reactivate: (life, at) => reactivate(life, null, at),
  setAutoRenew: (life, at) => setAutoRenew(life, !life.autoRenew, at),
  scheduleChange: (life, at) => scheduleChange(life, target, next, { assigned: 0, ends: [] }, at),
  removeScheduledChange: (life) => removeScheduledChange(life),
  convertTrial: (life, at) => convertTrial(life, target, next, at),
  upgrade: (life, at) => upgrade(life, target, life.quantity, 1, at),
}

function lifeOf(status: SubscriptionStatus, stage: 1 | 2 | null, kind: Life['kind'], autoRenew: boolean): Life {
  const startOn = '2026-12-01'
  const life: Life = {
    status,
    stateSince: bought,
    disabledStage: stage,
    endedReason: null,
    suspensionReason: null,
    suspensionNote: '',
    kind,
    productId: 'OWN',
    skuId: '0001',
    title: 'Own',
    incentiveEligible: true,
    quantity: 25,
    lots: [newLot(25, 'purchase', bought)],
    term: 'P1Y',
    billingPlan: 'monthly',
    startOn,
    endOn: firstTermEnd(startOn, kind, 'P1Y'),
    termNumber: 1,
    anchorOn: startOn,
    chargedUntil: null,
    autoRenew,
    cancelUntil: kind === 'trial' ? null : windowEnd(bought),
    currency: 'TRY',
    unitCostMicros: 80_000_000n,
    unitRetailMicros: 100_000_000n,
    scheduled: null,
  }
  return { ...life, chargedUntil: chargeForNew(chargedAs(life), life.quantity)?.chargeEnd ?? null }
}

const kinds = ['license', 'addon', 'trial', 'usage', 'software'] as const

const lives = subscriptionStatuses.flatMap((status) =>
  (status === 'disabled' ? ([1, 2] as const) : [null]).flatMap((stage) =>
    kinds.flatMap((kind) => [true, false].map((autoRenew) => lifeOf(status, stage, kind, autoRenew))),
  ),
)

/** The state as the picture names it. */
function stateOf({ status, disabledStage }: Life): string {
  return `${status}${disabledStage ?? ''}`
}

/** An arrow where the state is another one, or a term begins. */
function arrow(from: Life, to: Life, by: string): readonly string[] {
  return stateOf(from) === stateOf(to) && from.termNumber === to.termNumber
    ? []
    : [`${stateOf(from)} --> ${stateOf(to)} : ${by}`]
}

function byActs(life: Life): readonly string[] {
  const at = new Date(bought.getTime() + dayMs)
  return Object.entries(acts).flatMap(([name, act]) => {
    const decision = act(life, at)
    return decision === 'keep' || 'refuse' in decision ? [] : arrow(life, decision.life, name)
  })
}

/** What time does to it from the state it is in, with and without a product to go on with. */
function byTime(life: Life): readonly string[] {
  return [target, undefined].flatMap((product) => {
    const price = target.price ?? { unitCostMicros: 0n, unitRetailMicros: 0n }
    let now = life
    for (let due = nextStep(now); due; due = nextStep(now)) {
      const taken = takeStep(now, product && { ...product, price }, undefined, due.at)
      if (!taken) return []
      const found = arrow(now, taken.life, taken.step)
      if (found.length > 0) return found
      now = taken.life
    }
    return []
  })
}

/** What no rule here decides: an order begins it, and whoever provides the service makes it active. */
const fromOutside = ['[*] --> pending : order', 'pending --> active : provisioned', 'deleted --> [*]']

test('SM-10 the picture of the life has every arrow the rules have, and no other', () => {
  const [, picture = ''] = /```mermaid\nstateDiagram-v2\n([\s\S]*?)```/.exec(readFileSync(document, 'utf8')) ?? []
  const drawn = picture
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.includes('-->'))

  const ruled = new Set([...fromOutside, ...lives.flatMap((life) => [...byActs(life), ...byTime(life)])])

  assert.deepEqual(drawn.toSorted(), [...ruled].toSorted())
})
