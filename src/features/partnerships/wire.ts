import { z } from 'zod'
import type { RefusalName } from '../../kernel/errors.ts'
import { pageSize } from '../../kernel/paging.ts'
import { idOf } from '../identity/wire.ts'
import { invitationStatuses, partnershipSorts } from './rules.ts'

const Language = z.enum(['en', 'tr'])
const Email = z.string().trim().toLowerCase().max(254).pipe(z.email())
const Reason = z.string() as unknown as z.ZodType<RefusalName>

const paging = {
  cursor: z.string().max(1000).optional(),
  size: z.coerce.number().int().min(pageSize.least).max(pageSize.most).default(pageSize.usual),
}

/* Invitations */

export const RequestPartnershipInput = z.strictObject({
  recipientEmail: Email.optional(),
  language: Language,
})
export type RequestPartnershipInput = z.infer<typeof RequestPartnershipInput>

export const ChangeInvitationInput = z.strictObject({
  invitationId: idOf<'invitation'>(),
  /** Null: nobody in particular. */
  recipientEmail: Email.nullable(),
  language: Language,
})
export type ChangeInvitationInput = z.infer<typeof ChangeInvitationInput>

export const InvitationInput = z.strictObject({ invitationId: idOf<'invitation'>() })

export const ReadDraftInput = z.strictObject({ invitationId: idOf<'invitation'>(), language: Language.optional() })

/** A message for the reseller, to be sent by the person's own mail program. The link must stay in it. */
export const InvitationDraft = z.object({
  id: z.string(),
  link: z.string(),
  subject: z.string(),
  body: z.string(),
  language: Language,
  recipientEmail: z.string().nullable(),
  expiresAt: z.string(),
  providerName: z.string(),
})
export type InvitationDraft = z.infer<typeof InvitationDraft>

export const ListInvitationsInput = z.strictObject({
  /** `open`: those that can still be answered or extended. */
  state: z.enum(['open', 'all', ...invitationStatuses]).default('open'),
  ...paging,
})
export type ListInvitationsInput = z.infer<typeof ListInvitationsInput>

export const InvitationRow = z.object({
  id: z.string(),
  status: z.enum(invitationStatuses),
  recipientEmail: z.string().nullable(),
  language: Language,
  createdBy: z.string(),
  createdAt: z.string(),
  expiresAt: z.string(),
  openedAt: z.string().nullable(),
  decidedAt: z.string().nullable(),
  /** Who accepted. */
  acceptedBy: z.string().nullable(),
})
export type InvitationRow = z.infer<typeof InvitationRow>

export const InvitationPage = z.object({ items: z.array(InvitationRow), next: z.string().nullable() })

/** Tokens have 43 characters; anything else of a reasonable length is simply no invitation. */
const Token = z.string().min(1).max(200)

export const InvitationTokenInput = z.strictObject({ token: Token })

export const AcceptInvitationInput = z.strictObject({
  token: Token,
  /** The reseller authorizes the provider to order for its customers; nothing happens without. */
  authorized: z.boolean(),
  /** Whether the provider may administer the reseller's own account, too: a choice of its own. */
  grantAdminAccess: z.boolean().default(false),
})
export type AcceptInvitationInput = z.infer<typeof AcceptInvitationInput>

export const AcceptedInvitation = z.object({ partnershipId: z.string(), providerName: z.string() })
export type AcceptedInvitation = z.infer<typeof AcceptedInvitation>

/** What the page behind a link shows: the provider's name and place to everybody, the rest to whoever is signed in. */
export const InvitationLanding = z.object({
  status: z.enum(invitationStatuses),
  provider: z.object({ name: z.string(), city: z.string(), country: z.string(), regionName: z.string() }),
  expiresAt: z.string(),
  authorization: z.object({ version: z.string(), text: z.string() }),
  viewer: z
    .object({
      organizationName: z.string(),
      organizationKind: z.enum(['operator', 'provider', 'reseller', 'customer']),
      canAccept: z.boolean(),
      reason: Reason.nullable(),
      reasonText: z.string().nullable(),
      /** Who can accept, when only the person's role is in the way. */
      globalAdmins: z.array(z.string()),
      /** The partnership there is already. */
      partnershipId: z.string().nullable(),
    })
    .nullable(),
})
export type InvitationLanding = z.infer<typeof InvitationLanding>

/* Partnerships */

export const PartnershipInput = z.strictObject({ partnershipId: idOf<'partnership'>() })

export const ListPartnershipsInput = z.strictObject({
  state: z.enum(['active', 'ended']).default('active'),
  /** Name, place or MPN ID, or a part of them. */
  search: z.string().trim().max(100).optional(),
  sort: z.enum(partnershipSorts).default('name'),
  ...paging,
})
export type ListPartnershipsInput = z.infer<typeof ListPartnershipsInput>

export const ExportPartnershipsInput = ListPartnershipsInput.pick({ state: true, search: true, sort: true })

const Standing = z.enum(['active', 'agreementMissing', 'notEnrolled', 'suspended'])

/** A partnership as either side lists it: the other side, and what binds the two. */
export const PartnershipRow = z.object({
  id: z.string(),
  /** The other side. */
  organizationId: z.string(),
  name: z.string(),
  city: z.string(),
  country: z.string(),
  partnerId: z.string().nullable(),
  /** Null for those who may not know. */
  agreementSigned: z.boolean().nullable(),
  status: Standing.nullable(),
  state: z.enum(['active', 'ended']),
  customers: z.number(),
  /** Subscriptions that are running and have the reseller as reseller of record. */
  activeSubscriptions: z.number(),
  /** There are more than `activeSubscriptions` says: a list counts up to a thousand. */
  moreSubscriptions: z.boolean(),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  /** Whether the provider may add a customer for the reseller now, and why not; null for the reseller. */
  canAddCustomer: z
    .object({ ok: z.boolean(), reason: Reason.nullable(), reasonText: z.string().nullable() })
    .nullable(),
})
export type PartnershipRow = z.infer<typeof PartnershipRow>

export const PartnershipPage = z.object({
  items: z.array(PartnershipRow),
  next: z.string().nullable(),
  /** Of the whole list; on the first page only. */
  total: z.number().optional(),
})

export const PartnershipDetail = PartnershipRow.extend({
  legalName: z.string(),
  regionName: z.string(),
  supportEmail: z.string(),
  supportPhone: z.string(),
  supportWebsite: z.string(),
  enrollment: z.enum(['draft', 'pending', 'qualified', 'active', 'rejected', 'suspended', 'deauthorized']).nullable(),
  providerAdminAccess: z.enum(['none', 'granted', 'revoked']),
  endedBySide: z.enum(['provider', 'reseller']).nullable(),
  /** Newest first, at most 100. `by` is null for people of the other side that the reader is not told of. */
  timeline: z.array(
    z.object({
      id: z.string(),
      at: z.string(),
      action: z.string(),
      by: z.string().nullable(),
      organization: z.string(),
    }),
  ),
})
export type PartnershipDetail = z.infer<typeof PartnershipDetail>

/** Rows of a list that may be long: the first of them, and how many there are. */
function bounded<Row extends z.ZodType>(row: Row) {
  return z.object({ total: z.number(), items: z.array(row) })
}

/** What stays after a partnership's end, for the decision before and the messages after. */
export const PartnershipRemoval = z.object({
  partnershipId: z.string(),
  /** The other side. */
  organizationId: z.string(),
  name: z.string(),
  state: z.enum(['active', 'ended']),
  endedAt: z.string().nullable(),
  /** Lines are paragraphs; `1. ` begins a point. */
  attestation: z.object({ version: z.string(), language: Language, text: z.string() }),
  customers: bounded(
    // The contact is empty where the reader does not see the customer's details.
    z.object({ customerId: z.string(), name: z.string(), contactName: z.string(), contactEmail: z.string() }),
  ),
  subscriptionsAsResellerOfRecord: bounded(
    z.object({
      subscriptionId: z.string(),
      customerId: z.string(),
      customer: z.string(),
      title: z.string(),
      quantity: z.number(),
    }),
  ),
  supportContacts: bounded(
    z.object({ subscriptionId: z.string(), customerId: z.string(), customer: z.string(), title: z.string() }),
  ),
  privileges: bounded(z.object({ customerId: z.string(), customer: z.string(), name: z.string(), endsAt: z.string() })),
  /** A text to copy and complete; Kanal sends nothing. */
  noticeTemplate: z.string(),
})
export type PartnershipRemoval = z.infer<typeof PartnershipRemoval>

export const RemovePartnershipInput = z.strictObject({
  partnershipId: idOf<'partnership'>(),
  /** Version of the attestation that was shown and ticked. */
  attested: z.string().max(40).optional(),
  /** Language it was shown in; the user's own unless told. */
  language: Language.optional(),
})
export type RemovePartnershipInput = z.infer<typeof RemovePartnershipInput>

export const RemovedPartnership = z.object({ partnershipId: z.string(), endedAt: z.string(), already: z.boolean() })
export type RemovedPartnership = z.infer<typeof RemovedPartnership>

/* Choices and ids */

export const ResellerChoicesInput = z.strictObject({ search: z.string().trim().max(100).optional() })

/** An indirect reseller to choose for something new, and why it may not be chosen. */
export const ResellerChoice = z.object({
  resellerId: z.string(),
  partnershipId: z.string(),
  name: z.string(),
  partnerId: z.string(),
  country: z.string(),
  city: z.string(),
  agreementSigned: z.boolean(),
  selectable: z.boolean(),
  reason: Reason.nullable(),
  reasonText: z.string().nullable(),
})
export type ResellerChoice = z.infer<typeof ResellerChoice>

export const ResellerChoices = z.object({ items: z.array(ResellerChoice) })

export const VerifyPartnerIdInput = z.strictObject({
  partnerId: z
    .string()
    .trim()
    .regex(/^[1-9][0-9]{3,17}$/)
    .or(z.string().refine(() => false, { params: { rule: 'mpnId' } })),
})

/** What a provider may learn of an id it was given: whose it is, and whether it can be used. */
export const VerifiedPartnerId = z.object({
  partnerId: z.string(),
  kind: z.enum(['global', 'location']),
  legalName: z.string(),
  country: z.string(),
  agreementSigned: z.boolean(),
  partnership: z.boolean(),
  usable: z.boolean(),
  reason: Reason.nullable(),
  reasonText: z.string().nullable(),
  /** The id to use instead, told of partners only. */
  useInstead: z.string().nullable(),
})
export type VerifiedPartnerId = z.infer<typeof VerifiedPartnerId>
