import { z } from 'zod'
import { refusals, type RefusalName } from '../../kernel/errors.ts'
import { pageSize } from '../../kernel/paging.ts'
import { auditActions } from '../audit/actions.ts'
import { emailPattern } from '../identity/rules.ts'
import { idOf } from '../identity/wire.ts'
import { attachmentLimits, lengths, messageKinds, serviceRequestStatuses, severities } from './rules.ts'

const CustomerId = idOf<'customer'>()
const ServiceRequestId = idOf<'serviceRequest'>()
const Cursor = z.string().max(1000).optional()
const Size = z.coerce.number().int().min(pageSize.least).max(pageSize.most).default(pageSize.usual)

const line = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .refine((text) => !/[\p{Cc}\u2028\u2029]/u.test(text), { params: { rule: 'controlCharacters' } })
const Body = z
  .string()
  .trim()
  .min(1)
  .max(lengths.body)
  .refine((text) => !/[^\P{Cc}\n\r\t]/u.test(text), { params: { rule: 'controlCharacters' } })
const Attachments = z
  .array(idOf<'upload'>() as z.ZodType<string, string>)
  .max(attachmentLimits.perMessage)
  .default([])

const one = { customerId: CustomerId, serviceRequestId: ServiceRequestId }

const filters = {
  status: z.enum(serviceRequestStatuses).optional(),
  severity: z.enum(severities).optional(),
  customerId: CustomerId.optional(),
  /** Only those whose first response is overdue now. */
  overdue: z.enum(['true', 'false']).default('false'),
  /** A part of the number or the title. */
  search: z.string().trim().max(100).default(''),
}

export const ListServiceRequestsInput = z.strictObject({ ...filters, cursor: Cursor, size: Size })
export type ListServiceRequests = z.infer<typeof ListServiceRequestsInput>
export const ExportServiceRequestsInput = z.strictObject(filters)
export type ServiceRequestFilters = z.infer<typeof ExportServiceRequestsInput>

export const FilingOptionsInput = z.strictObject({ customerId: CustomerId })
export const ServiceRequestInput = z.strictObject(one)
export const ListMessagesInput = z.strictObject({ ...one, cursor: Cursor, size: Size })
export const AttachmentInput = z.strictObject({ ...one, attachmentId: idOf<'attachment'>() })

export const FileServiceRequestInput = z.strictObject({
  customerId: CustomerId,
  /** Null for a request about the account as a whole; then `providerId` says who is asked. */
  subscriptionId: idOf<'subscription'>().nullable(),
  providerId: idOf<'organization'>().nullable(),
  severity: z.enum(severities),
  title: line(lengths.title).pipe(z.string().min(1)),
  description: Body,
  contact: z.strictObject({
    name: line(lengths.name).pipe(z.string().min(1)),
    email: z
      .string()
      .trim()
      .max(254)
      .refine((text) => emailPattern.test(text.toLowerCase()), { params: { rule: 'email' } }),
    phone: line(lengths.phone)
      .refine((text) => text === '' || /^\+?[\d ()./-]{4,30}$/.test(text), { params: { rule: 'phone' } })
      .default(''),
  }),
  attachments: Attachments,
})
export type FileServiceRequest = z.infer<typeof FileServiceRequestInput>

export const WriteMessageInput = z.strictObject({
  ...one,
  kind: z.enum(['reply', 'note']),
  body: Body,
  /** From the answering side: the customer has to do something now. */
  needsAnswer: z.boolean().default(false),
  attachments: Attachments,
})
export type WriteMessage = z.infer<typeof WriteMessageInput>

export const ChangeSeverityInput = z.strictObject({ ...one, severity: z.enum(severities) })
export const EscalateInput = z.strictObject({ ...one, reason: Body })
/** Closing and opening again may say something: it goes into the thread. */
export const CloseInput = z.strictObject({ ...one, message: Body.optional() })

export const UploadInput = z.strictObject({})
export const Uploaded = z.object({
  id: z.string(),
  fileName: z.string(),
  mediaType: z.string(),
  sizeBytes: z.number(),
})
export type Uploaded = z.infer<typeof Uploaded>

const Named = z.object({ id: z.string(), name: z.string() })
const Status = z.enum(serviceRequestStatuses)
const Severity = z.enum(severities)
/** See `responseStateOf`. */
const ResponseState = z.enum(['met', 'late', 'none', 'waiting', 'overdue'])

export const ServiceRequestListItem = z.object({
  id: z.string(),
  number: z.string(),
  title: z.string(),
  customer: Named,
  subscription: Named.nullable(),
  severity: Severity,
  status: Status,
  owner: Named,
  escalated: z.boolean(),
  filedAt: z.string(),
  changedAt: z.string(),
  responseDueAt: z.string(),
  responseState: ResponseState,
  /** Minutes until the first response is due; below zero when it is overdue; null when nothing is waited for. */
  minutesLeft: z.number().nullable(),
})
export type ServiceRequestListItem = z.infer<typeof ServiceRequestListItem>

export const ServiceRequestPage = z.object({ items: z.array(ServiceRequestListItem), next: z.string().nullable() })

export const ServiceRequestCount = z.object({ open: z.number(), overdue: z.number() })

const refusalNames = Object.keys(refusals) as [RefusalName, ...RefusalName[]]
/** Why the reader cannot do something now; null when it can. */
const Barred = z.enum(refusalNames).nullable()

export const ServiceRequestDetail = ServiceRequestListItem.extend({
  provider: Named,
  escalatedBy: z.string().nullable(),
  escalatedAt: z.string().nullable(),
  firstResponseAt: z.string().nullable(),
  closedAt: z.string().nullable(),
  reopenUntil: z.string().nullable(),
  contact: z.object({ name: z.string(), email: z.string(), phone: z.string() }),
  filedBy: z.object({ name: z.string(), organization: z.string() }),
  side: z.enum(['owner', 'customer', 'reader']),
  actions: z.object({
    reply: Barred,
    note: Barred,
    severity: Barred,
    escalate: Barred,
    close: Barred,
    reopen: Barred,
  }),
  history: z.array(
    z.object({
      id: z.string(),
      at: z.string(),
      action: z.enum(auditActions),
      by: z.object({ name: z.string(), organization: z.string() }),
      before: z.record(z.string(), z.unknown()).nullable(),
      after: z.record(z.string(), z.unknown()).nullable(),
    }),
  ),
})
export type ServiceRequestDetail = z.infer<typeof ServiceRequestDetail>

export const Message = z.object({
  id: z.string(),
  kind: z.enum(messageKinds),
  body: z.string(),
  author: z.object({ name: z.string(), organization: z.string() }),
  /** Written by the reader's own organization. */
  own: z.boolean(),
  at: z.string(),
  attachments: z.array(Uploaded),
})
export type Message = z.infer<typeof Message>
export const MessagePage = z.object({ items: z.array(Message), next: z.string().nullable() })

export const FilingOptions = z.object({
  customer: Named,
  /** Why nothing can be filed for this customer; null when something can. */
  refused: Barred,
  contact: z.object({ name: z.string(), email: z.string() }),
  providers: z.array(Named),
  subscriptions: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      friendlyName: z.string(),
      kind: z.string(),
      /** Who gets the request. */
      goesTo: z.string(),
      refused: Barred,
    }),
  ),
})
export type FilingOptions = z.infer<typeof FilingOptions>

export const Filed = z.object({ customerId: z.string(), id: z.string(), number: z.string() })
export const Written = z.object({ id: z.string() })
