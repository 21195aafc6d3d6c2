import { Refusal, type RefusalDetail, type RefusalName } from '../../kernel/errors.ts'
import { type CustomerId, newId, newOrderNumber, type OrderId, type SubscriptionId } from '../../kernel/ids.ts'
import { wireMinor } from '../../kernel/money.ts'
import { sendIn, type Statement, writeTogether } from '../../platform/batch.ts'
import type { Actor, Deps, Tx } from '../../platform/context.ts'
import { worldNow } from '../../platform/world-clock.ts'
import { write } from '../../platform/write.ts'
import { attestAgreement } from '../customers/attest-agreement.ts'
import type { Attestation } from '../customers/wire.ts'
import { provisioningSweep } from '../subscriptions/rules.ts'
import { type ReadOrderFacts, readOrderFacts } from './read-order-facts.ts'
import { type Committed, type PricedOrder, priceOrder, whyNotOrdered } from './rules.ts'
import { orderStatement } from './store.ts'
import type { SubmitOrder, SubmittedOrder, WantedLine } from './wire.ts'

/**
 * Orders subscriptions for a customer of the calling provider: all lines or none. Repeats of the request come to one order.
 * Provisioning follows in the background; the subscriptions can be seen at once.
 *
 * @throws Refusal notFound, ownAgreementMissing, partnerSuspended, customerOutsideRegion, customerAgreementMissing,
 *   attestationRequired, priceChanged, mixedCurrencies; and of the lines, each named in `fields`: offerNotAvailable,
 *   quantityOutOfRange, prerequisiteMissing, trialUsed, ownershipLimit, mpnIdNotFound, globalIdUsed, wrongLocationId,
 *   notAnIndirectReseller, partnershipRequired, notEnrolledReseller, wrongRegion, resellerAgreementMissing,
 *   ownCustomer.
 */
export async function submitOrder(deps: Deps, actor: Actor, input: SubmitOrder): Promise<{ order: SubmittedOrder }> {
  const at = worldNow(deps, actor)
  const { result } = input.agreement
    ? await orderWithAgreement(deps, actor, input, input.agreement, at)
    : await orderAlone(deps, actor, input, at)
  deps.nudge(provisioningSweep)
  return result
}

/** The usual order: two trips to the database. */
async function orderAlone(deps: Deps, actor: Actor, input: SubmitOrder, at: Date) {
  const { customerId, lines } = input
  return await writeTogether(deps, actor, {
    read: (send) => readOrderFacts(send, actor.organizationId, { id: customerId }, lines, at, { hold: true }),
    decide: (facts) => {
      const { order, statement } = decideOrder(actor, facts, lines, customerId, committedBy(input), at)
      return { result: { order }, statements: [statement] }
    },
  })
}

/** The first order of a customer that was asked to accept the agreement: the partner attests that it did, and orders. */
async function orderWithAgreement(deps: Deps, actor: Actor, input: SubmitOrder, agreement: Attestation, at: Date) {
  return await write(deps, actor, async (tx) => ({
    order: await orderIn(tx, deps, actor, { ...input, agreement, at }),
  }))
}

/** An order as part of a transaction. */
export interface OrderIn extends Pick<SubmitOrder, 'customerId' | 'lines' | 'expectedTotalRetail' | 'agreement'> {
  readonly attestation: string | undefined
  readonly at: Date
}

/** Orders as `submitOrder` does, within a transaction. @throws Refusal as `submitOrder` does. */
export async function orderIn(tx: Tx, deps: Deps, actor: Actor, input: OrderIn): Promise<SubmittedOrder> {
  const { customerId, lines, agreement, at } = input
  const send = sendIn(tx)
  const facts = await readOrderFacts(send, actor.organizationId, { id: customerId }, lines, at, { hold: true })
  const committed = { ...committedBy(input), acceptsAgreement: agreement !== undefined }
  const { order, statement } = decideOrder(actor, facts, lines, customerId, committed, at)
  if (agreement && !facts.customer?.agreementAccepted) {
    await attestAgreement(tx, deps, actor, at, { id: customerId, name: facts.customer?.name ?? '' }, agreement)
  }
  await send(statement)
  return order
}

function committedBy({
  attestation,
  expectedTotalRetail,
}: Pick<OrderIn, 'attestation' | 'expectedTotalRetail'>): Committed {
  return { attestation, expectedTotalRetail, acceptsAgreement: false }
}

/** Decides an order and makes the statement that writes it. @throws Refusal as `submitOrder` does. */
export function decideOrder(
  actor: Actor,
  facts: ReadOrderFacts,
  lines: readonly WantedLine[],
  customerId: CustomerId,
  committed: Committed,
  at: Date,
): { readonly order: SubmittedOrder; readonly statement: Statement } {
  const priced = priceOrder(facts, lines, at)
  const refused = whyNotOrdered(facts, priced, committed)
  if (refused) throw new Refusal(refused, detailOf(refused, facts, priced))

  const id: OrderId = newId()
  const subscriptionIds = lines.map((): SubscriptionId => newId())
  const number = newOrderNumber()
  const statement = orderStatement(actor, {
    id,
    number,
    customerId,
    subscriptionIds,
    priced,
    segment: facts.customer?.segment ?? '',
    attestationVersion: facts.attestationVersion,
    supportContact: facts.supportContact,
    at,
  })
  const order: SubmittedOrder = {
    id,
    number,
    submittedAt: at.toISOString(),
    currency: priced.currency,
    totalRetail: wireMinor(priced.totalRetailMinor),
    lines: priced.lines.map(({ offer, wanted }, index) => ({
      lineNumber: index + 1,
      subscriptionId: subscriptionIds[index] ?? '',
      title: offer.sku?.title ?? '',
      quantity: wanted.quantity,
    })),
  }
  return { order, statement }
}

/** Names every line that is in the way, not only the first. */
function detailOf(
  refused: RefusalName,
  facts: ReadOrderFacts,
  { lines, totalRetailMinor, currency }: PricedOrder,
): RefusalDetail {
  const first = lines.flatMap(({ problems }) => problems)[0]
  if (first?.reason === refused) {
    return {
      params: first.params,
      data: lines.flatMap(({ problems, wanted }) =>
        problems.length > 0
          ? [
              problems[0]?.field === 'reseller'
                ? (wanted.resellerPartnerId ?? '')
                : `${wanted.productId}/${wanted.skuId}`,
            ]
          : [],
      ),
      fields: lines.flatMap(({ problems }, index) =>
        problems.map(({ field, reason, params }) => ({
          field: `lines.${index}.${fieldNames[field]}`,
          rule: reason,
          params,
        })),
      ),
    }
  }
  if (refused === 'priceChanged') return { params: { totalRetail: wireMinor(totalRetailMinor), currency } }
  if (refused === 'attestationRequired') return { data: [facts.attestationVersion] }
  return {}
}

const fieldNames = { offer: 'skuId', quantity: 'quantity', reseller: 'resellerPartnerId' } as const
