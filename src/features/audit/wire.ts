import { z } from 'zod'
import { pageSize } from '../../kernel/paging.ts'
import type { Actor } from '../../platform/context.ts'
import { auditActions } from './actions.ts'
import type { ActivityRow } from './queries.ts'
import { resultOf, visibleValues } from './rules.ts'

const Instant = z.iso.datetime({ offset: true })
const Day = z.iso.date()

const filters = {
  /** An instant, or a day in UTC; a month ago unless told. */
  from: z.union([Day, Instant]).optional(),
  /** An instant (exclusive), or a day in UTC (inclusive); now unless told. */
  to: z.union([Day, Instant]).optional(),
  customer: z.uuid().optional(),
  action: z.enum(auditActions).optional(),
  /** A user's id, or a part of the name. */
  user: z.string().trim().min(1).max(100).optional(),
}

export const ListActivityInput = z.strictObject({
  ...filters,
  cursor: z.string().max(500).optional(),
  size: z.coerce.number().int().min(pageSize.least).max(pageSize.most).default(pageSize.usual),
})

export const ExportActivityInput = z.strictObject({
  ...filters,
  /** An IANA time zone such as `Europe/Istanbul`, for the column of local times. */
  timeZone: z
    .string()
    .max(64)
    .refine(isTimeZone, { params: { rule: 'timeZone' } })
    .default('UTC'),
})

const Values = z.record(z.string(), z.unknown()).nullable()

/** One thing that happened. */
export const ActivityRecord = z.object({
  id: z.string(),
  at: z.string(),
  action: z.enum(auditActions),
  result: z.enum(['succeeded', 'failed']),
  customer: z.object({ id: z.string(), name: z.string() }).nullable(),
  subject: z.object({ kind: z.string(), id: z.string() }),
  performedBy: z.object({
    name: z.string(),
    organization: z.string(),
    /** Only for people of the reader's own organization. */
    userId: z.string().nullable(),
  }),
  onBehalfOf: z.string().nullable(),
  /** Values before and after, as far as the reader may know them. */
  before: Values,
  after: Values,
  requestId: z.string().nullable(),
})
export type ActivityRecord = z.infer<typeof ActivityRecord>

export const ActivityPage = z.object({ items: z.array(ActivityRecord), next: z.string().nullable() })

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    // RangeError is how Intl says that there is no such zone.
    return false
  }
}

/** A record as its reader may see it. */
export function toActivityRecord(actor: Actor, row: ActivityRow): ActivityRecord {
  const ownRecord = row.actorOrganizationId === actor.organizationId
  const reader = {
    organizationKind: actor.organizationKind,
    seesCost: actor.permissions.has('prices.read'),
    ownRecord,
    concernsReader: row.resellerId === actor.organizationId,
  }
  return {
    id: row.id,
    at: row.at.toISOString(),
    action: row.action,
    result: resultOf(row.action),
    customer: row.customerName === null ? null : { id: row.customerId, name: row.customerName },
    subject: { kind: row.subjectKind, id: row.subjectId },
    performedBy: {
      name: row.actorName,
      organization: row.actorOrganization,
      userId: ownRecord ? row.actorUserId : null,
    },
    onBehalfOf: row.onBehalfOf,
    before: visibleValues(row.before, reader),
    after: visibleValues(row.after, reader),
    requestId: row.requestId,
  }
}
