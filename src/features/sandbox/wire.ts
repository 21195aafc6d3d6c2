import { z } from 'zod'
import { pageSize } from '../../kernel/paging.ts'
import { clockRunStatuses } from './rules.ts'

/** A day, from its first second in UTC, or an instant. */
const Target = z.union([z.iso.date(), z.iso.datetime()])

export const AdvanceClockInput = z.strictObject({ to: Target })
export const ClockRunInput = z.strictObject({ runId: z.uuid() })
export const ListClockRunsInput = z.strictObject({
  cursor: z.string().max(1000).optional(),
  size: z.coerce.number().int().min(pageSize.least).max(pageSize.most).default(pageSize.usual),
})
export const ResetSandboxInput = z.strictObject({
  /** The provider's name, as it is shown. */
  confirmation: z.string().trim().max(200),
})

/** A product whose fulfilment always fails: `product/sku`. */
const SkuKey = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9]{1,40}\/[A-Za-z0-9]{1,40}$/)

const simulation = {
  /** When false everything is fulfilled at once, and the other values wait. */
  enabled: z.boolean(),
  /** In the world's time; a week at most. */
  delayMinutes: z.number().int().min(0).max(10_080),
  failurePercent: z.number().int().min(0).max(100),
  /** So many of the coming tries fail. */
  failNext: z.number().int().min(0).max(1_000),
  failingSkus: z.array(SkuKey).max(100),
}

export const ChangeSimulationInput = z.strictObject({
  ...simulation,
  /** As it was read; 0 before anything was set. */
  version: z.number().int().min(0),
})
export type ChangeSimulation = z.infer<typeof ChangeSimulationInput>

export const SimulationSettings = z.object({ ...simulation, version: z.number().int() })
export type SimulationSettings = z.infer<typeof SimulationSettings>

export const ClockRun = z.object({
  id: z.string(),
  status: z.enum(clockRunStatuses),
  /** Times of the world. */
  fromAt: z.string(),
  toAt: z.string(),
  reachedAt: z.string(),
  /** How often each act was done, by its name in the activity log. */
  counts: z.record(z.string(), z.number()),
  error: z.string().nullable(),
  stopAsked: z.boolean(),
  requestedBy: z.string(),
  /** Times outside of the world. */
  createdAt: z.string(),
  endedAt: z.string().nullable(),
})
export type ClockRun = z.infer<typeof ClockRun>

export const ClockRunPage = z.object({ items: z.array(ClockRun), next: z.string().nullable() })

export const Clock = z.object({
  world: z.enum(['production', 'sandbox']),
  /** The time in the world, UTC. */
  now: z.string(),
  /** The latest time the clock can be moved to at once. */
  latest: z.string(),
  /** When something falls due next; null when nothing does until the latest time, and in production. */
  nextDue: z.string().nullable(),
  /** The run that is under way. */
  run: ClockRun.nullable(),
  simulation: SimulationSettings,
})
export type Clock = z.infer<typeof Clock>

export const StartedRun = z.object({ run: ClockRun })

export const RemovedWorld = z.object({
  customers: z.number().int(),
  orders: z.number().int(),
  subscriptions: z.number().int(),
})
