import { Refusal } from '../../kernel/errors.ts'
import { formatMicros, parseMicros, wireMinor } from '../../kernel/money.ts'
import { readTogether } from '../../platform/batch.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { refusalSentence } from '../../platform/sentences.ts'
import { worldNow } from '../../platform/world-clock.ts'
import { quantityRange } from '../catalog/rules.ts'
import { readTemplate } from '../program/queries.ts'
import { readOrderFacts } from './read-order-facts.ts'
import { hasMixedCurrencies, type PricedLine, priceOrder, type Problem, whyOrderBarred } from './rules.ts'
import type { OrderReview, ReviewedLine, ReviewOrder } from './wire.ts'

/**
 * Everything that submitting these lines now would store, with prices, and every problem in the way. Stores nothing.
 *
 * @throws Refusal notFound, ownAgreementMissing, partnerSuspended, customerOutsideRegion: what bars any order.
 */
export async function reviewOrder(deps: Deps, actor: Actor, { customer, lines }: ReviewOrder): Promise<OrderReview> {
  const at = worldNow(deps, actor)
  const [facts, template] = await Promise.all([
    readTogether(deps, (send) => readOrderFacts(send, actor.organizationId, customer, lines, at, { hold: false })),
    readTemplate(deps.db, 'order_attestation', actor.locale, at),
  ])
  const barred = whyOrderBarred(facts)
  if (barred || !facts.customer) throw new Refusal(barred ?? 'notFound')

  const priced = priceOrder(facts, lines, at)
  const isNew = !('id' in customer)
  const problems = [
    ...(isNew || facts.customer.agreementAccepted ? [] : (['customerAgreementMissing'] as const)),
    ...(hasMixedCurrencies(priced) ? (['mixedCurrencies'] as const) : []),
  ]
  return {
    customer: { name: facts.customer.name, country: facts.customer.country },
    lines: priced.lines.map((line) => toWire(actor, line)),
    currency: priced.currency,
    totalCost: wireMinor(priced.totalCostMinor),
    totalRetail: wireMinor(priced.totalRetailMinor),
    attestation: { version: facts.attestationVersion, text: template.text, attestedAs: priced.attestedAs },
    agreementAccepted: isNew ? null : facts.customer.agreementAccepted,
    problems: problems.map((reason) => ({ reason, text: refusalSentence(actor.locale, reason, {}) })),
  }
}

function toWire(actor: Actor, { wanted, offer, reseller, charge, ...line }: PricedLine): ReviewedLine {
  const range = offer.sku ? quantityRange(offer.sku) : null
  return {
    productId: wanted.productId,
    skuId: wanted.skuId,
    title: offer.sku?.title ?? '',
    kind: offer.sku?.kind ?? null,
    term: wanted.term,
    billingPlan: wanted.billingPlan,
    quantity: wanted.quantity,
    minQuantity: range?.min ?? null,
    maxQuantity: range?.max ?? null,
    friendlyName: wanted.friendlyName,
    reseller: reseller && { id: reseller.id, name: reseller.name, partnerId: reseller.partnerId },
    unitCost: offer.price && sixPlaces(offer.price.unitCost),
    unitRetail: offer.price && sixPlaces(offer.price.unitRetail),
    totalCost: wireMinor(charge?.costMinor ?? 0n),
    totalRetail: wireMinor(charge?.retailMinor ?? 0n),
    startOn: line.startOn,
    endOn: line.endOn,
    firstCharge: charge ? { start: charge.chargeStart, end: charge.chargeEnd } : null,
    cancelUntil: line.cancelUntil.toISOString(),
    incentive: offer.sku?.incentiveEligible ? 'eligible' : 'notApplicable',
    problems: line.problems.map((problem) => problemToWire(actor, problem)),
  }
}

function problemToWire(actor: Actor, { field, reason, detail, params }: Problem): ReviewedLine['problems'][number] {
  return { field, reason, detail, params, text: refusalSentence(actor.locale, reason, params) }
}

function sixPlaces(decimal: string): string {
  return formatMicros(parseMicros(decimal) ?? 0n)
}
