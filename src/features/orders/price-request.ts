import type { CustomerId, OrganizationId } from '../../kernel/ids.ts'
import { sendIn } from '../../platform/batch.ts'
import type { Tx } from '../../platform/context.ts'
import { readOrderFacts } from './read-order-facts.ts'
import { type PricedLine, priceOrder } from './rules.ts'
import type { RequestedLineInput } from './wire/requests.ts'

/** Lines as an order of the provider would have them now, with what is in their way. Nothing of it is shown but retail prices. */
export async function priceRequest(
  tx: Tx,
  customerId: CustomerId,
  providerId: OrganizationId,
  lines: readonly RequestedLineInput[],
  at: Date,
): Promise<readonly PricedLine[]> {
  const wanted = lines.map((line) => ({ ...line, resellerPartnerId: null }))
  const facts = await readOrderFacts(sendIn(tx), providerId, { id: customerId }, wanted, at, { hold: false })
  return priceOrder(facts, wanted, at).lines
}
