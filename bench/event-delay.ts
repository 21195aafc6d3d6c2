import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** How long an event took from its order to the first attempt of its delivery. */
export interface EventDelay {
  readonly ordersPerSecond: number
  readonly delivered: number
  readonly p50Ms: number
  readonly p99Ms: number
  /** Orders that were not accepted, or whose event never came. */
  readonly failed: number
}

export interface EventDelayLoad {
  /** Of the running server; it must be allowed to send to this machine. */
  readonly url: string
  /** A session of a Global admin who may submit orders. */
  readonly headers: Readonly<Record<string, string>>
  /** Bodies of orders, with the path of each. */
  readonly orderOf: (turn: number) => { readonly path: string; readonly body: string }
  readonly perSecond: number
  readonly seconds: number
}

/**
 * Submits orders at a steady rate and takes their events at a webhook on this machine. Measured from the instant that the event
 * itself names, which is before the commit, to the arrival of the request: never less than what was promised.
 */
export async function measureEventDelay(load: EventDelayLoad): Promise<EventDelay> {
  const delays = new Map<string, number>()
  const receiver = createServer((request, reply) => {
    const arrivedAt = Date.now()
    void request.toArray().then((chunks) => {
      reply.writeHead(204).end()
      const event = JSON.parse(Buffer.concat(chunks as Buffer[]).toString()) as { id: string; timestamp: string }
      if (!delays.has(event.id)) delays.set(event.id, arrivedAt - Date.parse(event.timestamp))
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  const { port } = receiver.address() as AddressInfo
  const webhook = await fetch(`${load.url}/portal/v1/webhooks`, {
    method: 'POST',
    headers: load.headers,
    body: JSON.stringify({ url: `http://127.0.0.1:${port}/`, types: ['order.submitted'] }),
  })
  if (!webhook.ok) throw new Error(`No webhook: ${webhook.status} ${await webhook.text()}`)
  const added = (await webhook.json()) as { webhook: { id: string } }

  try {
    const { accepted, refused, tookMs } = await submit(load)
    const deadline = Date.now() + 20_000
    while (delays.size < accepted && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50))
    const sorted = [...delays.values()].toSorted((one, other) => one - other)
    const at = (share: number): number =>
      sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
    return {
      ordersPerSecond: Math.round((accepted * 1000) / tookMs),
      delivered: delays.size,
      p50Ms: at(0.5),
      p99Ms: at(0.99),
      failed: refused + accepted - delays.size,
    }
  } finally {
    await fetch(`${load.url}/portal/v1/webhooks/${added.webhook.id}`, {
      method: 'DELETE',
      headers: load.headers,
      body: '{}',
    })
    receiver.closeAllConnections()
    await new Promise((resolve) => receiver.close(resolve))
  }
}

/** Sends each order at its time, whether those before were answered or not. */
async function submit({ url, headers, orderOf, perSecond, seconds }: EventDelayLoad) {
  const began = performance.now()
  const replies: Promise<boolean>[] = []
  for (let turn = 0; turn < perSecond * seconds; turn += 1) {
    const waitMs = began + (turn * 1000) / perSecond - performance.now()
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs))
    const { path, body } = orderOf(turn)
    replies.push(
      fetch(url + path, { method: 'POST', headers: { ...headers, 'ms-requestid': crypto.randomUUID() }, body }).then(
        async (reply) => {
          await reply.arrayBuffer()
          return reply.ok
        },
        // A connection that broke is an order that was not accepted.
        () => false,
      ),
    )
  }
  const accepted = (await Promise.all(replies)).filter(Boolean).length
  return { accepted, refused: replies.length - accepted, tookMs: performance.now() - began }
}
