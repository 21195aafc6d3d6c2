import { randomBytes } from 'node:crypto'
import { Webhook as Signer } from 'standardwebhooks'
import { noCustomer } from '../../kernel/ids.ts'
import type { Deps } from '../../platform/context.ts'
import { openText, sealText } from '../../platform/sealed-text.ts'
import type { Claimed, ClaimedDelivery } from './claim-lanes.ts'
import { toEvent } from './payload.ts'
import type { Message } from './post.ts'
import type { Event } from './wire.ts'

const purpose = 'webhook secret'

/** A new secret as Standard Webhooks writes it, and sealed for its webhook's row. */
export function makeSecret(deps: Deps, webhookId: string): { readonly secret: string; readonly sealed: Buffer } {
  const secret = `whsec_${randomBytes(32).toString('base64')}`
  return { secret, sealed: sealText(deps.config, purpose, webhookId, secret) }
}

/**
 * What is posted for a delivery, signed now as Standard Webhooks says: with the secret, and for a while with the one before it.
 *
 * @returns undefined when the secret cannot be opened.
 */
export function messageOf(deps: Deps, webhook: Claimed, delivery: ClaimedDelivery): Message | undefined {
  const at = deps.now()
  const body = JSON.stringify(eventOf(webhook, delivery))
  const previous = webhook.previousUntil !== null && webhook.previousUntil > at ? webhook.previousSecret : null
  const signatures: string[] = []
  for (const sealed of [webhook.secret, previous]) {
    const secret = sealed && openText(deps.config, purpose, webhook.webhookId, sealed)
    if (secret) signatures.push(new Signer(secret).sign(delivery.id, at, body))
  }
  if (signatures.length === 0) return undefined
  return {
    url: webhook.url,
    body,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Kanal',
      'webhook-id': delivery.id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': signatures.join(' '),
    },
  }
}

function eventOf(webhook: Claimed, { id, type, queuedAt, customerId, event }: ClaimedDelivery): Event {
  const reader = { ...webhook, seesCost: webhook.organizationKind === 'provider' }
  const test = {
    at: queuedAt,
    subjectKind: 'webhook',
    subjectId: webhook.webhookId,
    actorOrganizationId: webhook.organizationId,
    resellerId: null,
    payload: {},
  }
  return toEvent(reader, { id, type, customerId: event ? customerId : noCustomer, ...(event ?? test) })
}
