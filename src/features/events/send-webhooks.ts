import { randomInt } from 'node:crypto'
import type { Deps } from '../../platform/context.ts'
import { notify } from '../notifications/notify.ts'
import { messageOf } from './message.ts'
import { post, timeoutMs } from './post.ts'
import { afterAttempt, type Attempt, troubledAfter } from './rules.ts'
import { countFailures, disableWebhook, type Settled, settleDeliveries } from './store.ts'
import { type Claimed, claimLanes } from './claim-lanes.ts'

/** Requests to one webhook at a time, of one process; a troubled one gets one. */
export const inFlight = { usual: 32, troubled: 1 } as const

/** How often it looks for more while requests are under way. */
const lookEveryMs = 100

/** How long a process has for what it took; after that another one takes it over. */
export const leaseMs = 6 * timeoutMs

interface Finished {
  readonly claimed: Claimed
  /** Undefined when the program's end cut it short. */
  readonly attempt: Attempt | undefined
}

/**
 * Sends what waits and is due, until nothing is under way any more. Each webhook has its own bound of requests, so one that
 * hangs or fails takes nothing from the others; of one subject, one delivery at a time goes to a webhook. At least once: what a
 * process took and did not settle is sent again, under the same id.
 */
export async function sendWebhooks(deps: Deps, stopping: AbortSignal): Promise<void> {
  const flights = new Set<Claimed>()
  const finished: Finished[] = []
  let wake = Promise.withResolvers<void>()
  const launch = async (claimed: Claimed): Promise<void> => {
    flights.add(claimed)
    try {
      finished.push({ claimed, attempt: await attempt(deps, claimed, stopping) })
      wake.resolve()
    } catch (error) {
      wake.reject(error)
    } finally {
      flights.delete(claimed)
    }
  }

  for (;;) {
    if (!stopping.aborted) {
      for (const claimed of await claimLanes(deps, [...flights], { inFlight, troubledAfter, leaseMs })) {
        void launch(claimed)
      }
    }
    if (flights.size === 0 && finished.length === 0) return
    if (finished.length === 0) await orAfter(wake.promise, lookEveryMs)
    wake = Promise.withResolvers()
    await settle(deps, finished.splice(0))
  }
}

async function orAfter(event: Promise<void>, ms: number): Promise<void> {
  const timer = Promise.withResolvers<void>()
  const timeout = setTimeout(timer.resolve, ms)
  await Promise.race([event, timer.promise])
  clearTimeout(timeout)
}

async function attempt(deps: Deps, claimed: Claimed, stopping: AbortSignal): Promise<Attempt | undefined> {
  if (!claimed.delivery) return undefined
  const message = messageOf(deps, claimed, claimed.delivery)
  // Sealed with a secret this installation no longer has: only a new one helps.
  if (!message) return { error: 'unsigned', responseCode: null, latencyMs: 0 }
  return await post(message, deps.config.webhookReach, stopping)
}

async function settle(deps: Deps, finished: readonly Finished[]): Promise<void> {
  if (finished.length === 0) return
  const at = deps.now()
  await deps.db.transaction().execute(async (tx) => {
    await settleDeliveries(
      tx,
      at,
      finished.map((one) => settledOf(one, at)),
    )
    // In one order, so that two processes do not wait for each other in a circle.
    const outcomes = [...outcomesOf(finished)].toSorted(([one], [other]) => (one < other ? -1 : 1))
    for (const [webhookId, outcome] of outcomes) {
      if (outcome.changed) await countFailures(tx, at, { webhookId, ...outcome })
      if (!outcome.gone) continue
      const disabled = await disableWebhook(tx, at, webhookId, 'gone')
      if (disabled) await notify(tx, at, { ...disabled, kind: 'webhookGone' })
    }
  })
}

function settledOf({ claimed, attempt: result }: Finished, at: Date): Settled {
  const { webhookId, subject, delivery } = claimed
  if (!delivery || !result) return { webhookId, subject }
  const attempts = delivery.attempts + 1
  const next = afterAttempt({ ...delivery, attempts }, result, at, randomInt(1_000) / 1_000)
  return { webhookId, subject, delivery: { eventId: delivery.id, attempts, ...next, ...result } }
}

interface Outcome {
  readonly failed: number
  readonly succeeded: boolean
  readonly changed: boolean
  readonly gone: boolean
}

/** How each webhook fared, in the order in which its requests ended. */
function outcomesOf(finished: readonly Finished[]): ReadonlyMap<string, Outcome> {
  const outcomes = new Map<string, Outcome>()
  for (const { claimed, attempt: result } of finished) {
    if (!result) continue
    const before = outcomes.get(claimed.webhookId) ?? { failed: 0, succeeded: false, changed: false, gone: false }
    const hasFailed = result.error !== null
    outcomes.set(claimed.webhookId, {
      failed: hasFailed ? before.failed + 1 : 0,
      succeeded: before.succeeded || !hasFailed,
      // A webhook that keeps succeeding is left alone.
      changed: before.changed || hasFailed || claimed.failures > 0,
      gone: before.gone || result.error === 'gone',
    })
  }
  return outcomes
}
