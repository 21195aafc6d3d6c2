import { z } from 'zod'
import { refusals, type RefusalName } from '../../kernel/errors.ts'
import { pageSize } from '../../kernel/paging.ts'
import { auditActions } from '../audit/actions.ts'
import { billingPlans, skuKinds } from '../catalog/rules.ts'
import { idOf } from '../identity/wire.ts'
import { subscriptionStatuses, tabs } from './rules.ts'
import type { Dropped } from './rules/life.ts'

const CustomerId = idOf<'customer'>()
const SubscriptionId = idOf<'subscription'>()
const OrganizationId = idOf<'organization'>()
const Cursor = z.string().max(1000)
const Size = z.coerce.number().int().min(pageSize.least).max(pageSize.most).default(pageSize.usual)
const Version = z.number().int().min(1).max(2_147_483_647)
const Term = z.enum(['P1M', 'P1Y', 'P3Y', 'P5Y', ''])
const BillingPlan = z.enum(billingPlans)
const Quantity = z.number().int().min(1).max(10_000_000)
const one = { customerId: CustomerId, subscriptionId: SubscriptionId }
const Day = z.iso.date()
const Product = { productId: z.string().min(1).max(40), skuId: z.string().regex(/^[0-9A-Z]{4}$/) }
const NextTerm = { ...Product, quantity: Quantity, term: Term, billingPlan: BillingPlan }

/**
 * What somebody relied on who looked at a preview: its `facts`, sent back as they came. When the act comes to something else by
 * now, it is refused with `previewStale` and each difference.
 */
export const SeenFacts = z.strictObject({
  /** Minor units of the subscription's currency, all charges together; below zero gives back. */
  totalRetail: z.number().int().optional(),
  status: z.enum(subscriptionStatuses).optional(),
  quantity: z.number().int().optional(),
  product: z.string().max(400).optional(),
  endOn: z.string().max(10).nullable().optional(),
  autoRenew: z.boolean().optional(),
  drops: z.string().max(400).optional(),
  addOns: z.number().int().optional(),
})
export type SeenFacts = z.infer<typeof SeenFacts>

export const suspensionReasons = ['customerRequest', 'nonPayment', 'fraud', 'other'] as const
const SuspensionReason = z.enum(suspensionReasons)
const Note = z
  .string()
  .trim()
  .max(500)
  .refine((text) => !/[\p{Cc}\u2028\u2029]/u.test(text), { params: { rule: 'controlCharacters' } })

/** One thing a person may do with a subscription. */
export const Act = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('changeQuantity'), quantity: Quantity }),
  z.strictObject({ type: z.literal('cancel') }),
  z.strictObject({ type: z.literal('suspend'), reason: SuspensionReason, note: Note.default('') }),
  z.strictObject({ type: z.literal('reactivate') }),
  z.strictObject({ type: z.literal('setAutoRenew'), autoRenew: z.boolean() }),
  z.strictObject({ type: z.literal('scheduleChange'), ...NextTerm, endOn: Day.nullable().default(null) }),
  z.strictObject({ type: z.literal('removeScheduledChange') }),
  z.strictObject({ type: z.literal('convertTrial'), ...NextTerm }),
  z.strictObject({ type: z.literal('upgrade'), ...Product, quantity: Quantity }),
])
export type Act = z.infer<typeof Act>

export const PreviewActInput = z.strictObject({ ...one, act: Act })
export type PreviewAct = z.infer<typeof PreviewActInput>

/** What every act takes beside its own values. */
const acting = { ...one, version: Version, seen: SeenFacts.optional() }
export const ActOnInput = z.strictObject(acting)
export type ActOn = z.infer<typeof ActOnInput>

export const SuspendInput = z.strictObject({ ...acting, reason: SuspensionReason, note: Note.default('') })
export type Suspend = z.infer<typeof SuspendInput>

export const SetAutoRenewInput = z.strictObject({ ...acting, autoRenew: z.boolean() })
export type SetAutoRenew = z.infer<typeof SetAutoRenewInput>

/** The next term, whole: what is left out of the body is not taken over from the running one. */
export const ScheduleChangeInput = z.strictObject({ ...acting, ...NextTerm, endOn: Day.nullable().default(null) })
export type ScheduleChange = z.infer<typeof ScheduleChangeInput>

export const ConvertTrialInput = z.strictObject({ ...acting, ...NextTerm })
export type ConvertTrial = z.infer<typeof ConvertTrialInput>

export const Acted = z.object({ id: z.string(), version: z.number().int(), changed: z.boolean() })
export type Acted = z.infer<typeof Acted>

export const ListSubscriptionsInput = z.strictObject({
  customerId: CustomerId,
  tab: z.enum(tabs).default('all'),
  cursor: Cursor.optional(),
  size: Size,
})
export const SubscriptionInput = z.strictObject(one)
export const SubscriptionHistoryInput = z.strictObject({ ...one, cursor: Cursor.optional(), size: Size })

export const NextTermsInput = z.strictObject({
  ...one,
  /** Licenses that prices are asked for; those it has unless told. */
  quantity: z.coerce.number().int().min(1).max(10_000_000).optional(),
})
export type NextTermsQuestion = z.infer<typeof NextTermsInput>

export const ChangeSubscriptionInput = z.strictObject({
  ...one,
  /** The version that was shown: when somebody changed it meanwhile, nothing is stored. */
  version: Version,
  /** The number of licenses to reach, not a difference. */
  quantity: Quantity.optional(),
  /** What the preview of the change of licenses showed. */
  seen: SeenFacts.optional(),
  friendlyName: z
    .string()
    .trim()
    .max(100)
    .refine((text) => !/[\p{Cc}\u2028\u2029]/u.test(text), { params: { rule: 'controlCharacters' } })
    .optional(),
  /** Location account (MPN ID) of the reseller of record; null takes the reseller off. */
  resellerPartnerId: z
    .string()
    .trim()
    .regex(/^[1-9]\d{3,17}$/)
    .nullable()
    .optional(),
  /** The provider itself, or a reseller it has an active partnership with. */
  supportContactId: OrganizationId.optional(),
})
export type ChangeSubscription = z.infer<typeof ChangeSubscriptionInput>

export const UpgradeSubscriptionInput = z.strictObject({
  ...acting,
  ...Product,
  /** All licenses upgrade the subscription itself; fewer move to a new one that ends on the same day. */
  quantity: Quantity,
})
export type UpgradeSubscription = z.infer<typeof UpgradeSubscriptionInput>

export const OwnerGrantInput = z.strictObject({ ...one, resellerId: OrganizationId })
export type OwnerGrant = z.infer<typeof OwnerGrantInput>

const refusalNames = Object.keys(refusals) as [RefusalName, ...RefusalName[]]

/** Whether an action is open to the reader now, or the name of the refusal it would get. */
const Allowed = z.object({ ok: z.boolean(), reason: z.enum(refusalNames).nullable() })

const Reseller = z.object({
  id: z.string(),
  name: z.string(),
  partnerId: z.string(),
  since: z.string(),
  /** False: the partnership has ended; the reseller stays as history, and nothing new may name it. */
  partnershipActive: z.boolean(),
})

const SupportContact = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  phone: z.string(),
  website: z.string(),
  since: z.string(),
  isProvider: z.boolean(),
  partnershipActive: z.boolean(),
})

const Party = z.object({ id: z.string(), name: z.string() })

/** The next term as it is planned. */
const NextTermShown = z
  .object({
    title: z.string(),
    quantity: z.number().int(),
    term: Term,
    billingPlan: BillingPlan,
    /** Last day, when it is cut short; null for a whole term. */
    endOn: z.string().nullable(),
  })
  .nullable()

const Standing = z.object({
  status: z.enum(subscriptionStatuses),
  title: z.string(),
  quantity: z.number().int(),
  term: Term,
  billingPlan: BillingPlan,
  startOn: z.string(),
  endOn: z.string().nullable(),
  autoRenew: z.boolean(),
  cancelUntil: z.string().nullable(),
})

const dropped = [
  'scheduledChange',
  'autoRenew',
  'userAccess',
  'cancelWindow',
  'promotion',
  'service',
] as const satisfies readonly Dropped[]

export const ActPreview = z.object({
  /** To be sent with the act. */
  version: z.number().int(),
  currency: z.string(),
  /** False: everything is so already. */
  changes: z.boolean(),
  /** Each line: unit price × days / ofDays, rounded down to the smallest coin, × quantity. Amounts in minor units. */
  charges: z.array(
    z.object({
      type: z.string(),
      quantity: z.number().int(),
      chargeStart: z.string(),
      chargeEnd: z.string(),
      days: z.number().int(),
      ofDays: z.number().int(),
      unitRetail: z.string().optional(),
      retail: z.number().int().optional(),
      unitCost: z.string().optional(),
      cost: z.number().int().optional(),
    }),
  ),
  totalRetail: z.number().int().optional(),
  totalCost: z.number().int().optional(),
  before: Standing,
  after: Standing,
  /** The new subscription that takes over some of the licenses. */
  successor: z.object({ title: z.string(), quantity: z.number().int(), endOn: z.string().nullable() }).nullable(),
  nextTerm: NextTermShown,
  /** What is lost by it. */
  drops: z.array(z.enum(dropped)),
  /** Add-ons that go along, with the state they come to. */
  addOns: z.array(z.object({ id: z.string(), title: z.string(), status: z.enum(subscriptionStatuses) })),
  /** To be sent back with the act as `seen`. */
  facts: SeenFacts,
})
export type ActPreview = z.infer<typeof ActPreview>

/** Last days that a term may be cut short to, soonest first. */
const Alignments = z.array(
  z.object({
    endOn: z.string(),
    with: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('monthEnd') }),
      z.object({ kind: z.literal('subscription'), title: z.string() }),
    ]),
  }),
)

export const NextTerms = z.object({
  /** First day of the next term, UTC; null without a term. */
  startOn: z.string().nullable(),
  currency: z.string(),
  /** Its own product first. What has no price now is not among them. */
  products: z.array(
    z.object({
      productId: z.string(),
      skuId: z.string(),
      title: z.string(),
      isOwn: z.boolean(),
      minQuantity: z.number().int(),
      maxQuantity: z.number().int(),
      options: z.array(
        z.object({
          term: Term,
          billingPlan: BillingPlan,
          /** Decimals, a license for a billing period; left out for who may not see them. */
          unitCost: z.string().optional(),
          unitRetail: z.string().optional(),
        }),
      ),
    }),
  ),
  terms: z.array(
    z.object({
      term: Term,
      /** Last day of the whole term. */
      endOn: z.string().nullable(),
      alignments: Alignments,
    }),
  ),
})
export type NextTerms = z.infer<typeof NextTerms>

const shown = {
  id: z.string(),
  title: z.string(),
  friendlyName: z.string(),
  kind: z.enum(skuKinds),
  quantity: z.number().int(),
  term: Term,
  billingPlan: BillingPlan,
  status: z.enum(subscriptionStatuses),
  provisioning: z.enum(['pending', 'success', 'failed']),
  startOn: z.string(),
  /** Last day of the term, inclusive; UTC. */
  endOn: z.string().nullable(),
  autoRenew: z.boolean(),
  provider: Party,
  currency: z.string(),
  /** Decimals; left out for who may not see them. */
  unitCost: z.string().optional(),
  unitRetail: z.string().optional(),
}

export const SubscriptionListItem = z.object({
  ...shown,
  reseller: Reseller.nullable(),
  /** Null for a reseller when another one is it. */
  supportContact: SupportContact.nullable(),
  /** Until an expired one stops working, or the data of a disabled or canceled one is deleted; null for the others. */
  daysLeft: z.number().int().nullable(),
})
export type SubscriptionListItem = z.infer<typeof SubscriptionListItem>

export const SubscriptionPage = z.object({
  items: z.array(SubscriptionListItem),
  next: z.string().nullable(),
  /** How many there are in each tab. */
  counts: z.record(z.enum(tabs), z.number().int()),
})

export const SubscriptionDetail = z.object({
  ...shown,
  version: z.number().int(),
  /** What the provider's clock showed when this was read; countdowns are from here. */
  now: z.string(),
  customer: Party,
  order: z.object({ id: z.string(), number: z.string() }),
  productId: z.string(),
  skuId: z.string(),
  segment: z.string(),
  cancelUntil: z.string().nullable(),
  /** How often its term has begun. */
  termNumber: z.number().int(),
  /** Since when it is in its state. */
  stateSince: z.string(),
  /** 1: users out, data kept; 2: last 90 days of its data. */
  disabledStage: z.number().int().nullable(),
  endedReason: z.enum(['canceled', 'expired', 'suspended', 'neverStarted', 'transferred']).nullable(),
  suspensionReason: z.enum([...suspensionReasons, 'base']).nullable(),
  /** For partners only; empty for others. */
  suspensionNote: z.string(),
  /** What time does to it next, and when; null: nothing. */
  nextStep: z
    .object({
      step: z.enum(['charge', 'renew', 'convert', 'expire', 'disable', 'disableFurther', 'delete']),
      at: z.string(),
    })
    .nullable(),
  /** What is planned for the next term, by whom and when. */
  scheduledChange: z
    .object({
      productId: z.string(),
      skuId: z.string(),
      title: z.string(),
      quantity: z.number().int(),
      term: Term,
      billingPlan: BillingPlan,
      endOn: z.string().nullable(),
      since: z.string(),
      by: z.string(),
    })
    .nullable(),
  /** How many licenses can be given back now, and the fewest that can be reached. */
  leastQuantity: z.number().int(),
  provisioningError: z.string().nullable(),
  incentive: z.enum(['eligible', 'notApplicable']),
  minQuantity: z.number().int(),
  maxQuantity: z.number().int(),
  reseller: Reseller.nullable(),
  supportContact: SupportContact.nullable(),
  /** Licenses by the time they were added, oldest first. */
  lots: z.array(
    z.object({
      id: z.string(),
      quantity: z.number().int(),
      source: z.enum(['purchase', 'add', 'renewal', 'convert', 'move']),
      addedAt: z.string(),
      reducibleUntil: z.string(),
    }),
  ),
  base: z
    .object({
      id: z.string(),
      title: z.string(),
      status: z.enum(subscriptionStatuses),
      endOn: z.string().nullable(),
      autoRenew: z.boolean(),
    })
    .nullable(),
  upgradedFrom: z.object({ id: z.string(), title: z.string() }).nullable(),
  addOns: z.array(
    z.object({ id: z.string(), title: z.string(), quantity: z.number().int(), status: z.enum(subscriptionStatuses) }),
  ),
  /** For usage-based services: a reseller needs owner rights that only the service's own portal can give. */
  ownerAccess: z
    .object({
      consoleUrl: z.string(),
      resellers: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          /** Null: nobody has confirmed that the rights were given. */
          confirmedAt: z.string().nullable(),
          confirmedBy: z.string().nullable(),
        }),
      ),
    })
    .nullable(),
  /** Products this one may be upgraded to. */
  upgradeTargets: z.array(
    z.object({
      productId: z.string(),
      skuId: z.string(),
      title: z.string(),
      minQuantity: z.number().int(),
      maxQuantity: z.number().int(),
      /** Whether it can be bought now with the same term and billing frequency. */
      isSold: z.boolean(),
      unitCost: z.string().optional(),
      unitRetail: z.string().optional(),
    }),
  ),
  allowed: z.object({
    addLicenses: Allowed,
    reduceLicenses: Allowed,
    cancel: Allowed,
    suspend: Allowed,
    reactivate: Allowed,
    setAutoRenew: Allowed,
    scheduleChange: Allowed,
    convertTrial: Allowed,
    upgrade: Allowed,
    rename: Allowed,
    setReseller: Allowed,
    setSupportContact: Allowed,
    confirmOwner: Allowed,
    retryProvisioning: Allowed,
  }),
})
export type SubscriptionDetail = z.infer<typeof SubscriptionDetail>

export const ChangedSubscription = z.object({
  id: z.string(),
  version: z.number().int(),
  /** Names of what was changed; empty when everything was so already. */
  changed: z.array(z.enum(['quantity', 'friendlyName', 'reseller', 'supportContact'])),
})
export type ChangedSubscription = z.infer<typeof ChangedSubscription>

export const UpgradedSubscription = z.object({
  kind: z.enum(['full', 'partial']),
  /** The subscription that has the new product: the same one, or the new one. */
  subscriptionId: z.string(),
  sourceId: z.string(),
  sourceVersion: z.number().int(),
})
export type UpgradedSubscription = z.infer<typeof UpgradedSubscription>

const Values = z.record(z.string(), z.unknown()).nullable()

export const SubscriptionHistory = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      at: z.string(),
      action: z.enum(auditActions),
      /** Empty for a reseller when another reseller did it. */
      by: z.object({ name: z.string(), organization: z.string() }),
      onBehalfOf: z.string().nullable(),
      before: Values,
      after: Values,
    }),
  ),
  next: z.string().nullable(),
})
export type SubscriptionHistory = z.infer<typeof SubscriptionHistory>
