import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Event } from './wire.ts'

/** A request as it came in. */
export interface Received {
  readonly headers: IncomingHttpHeaders
  readonly body: string
  readonly event: Event
}

/** For tests: a real receiver of webhooks on this machine. */
export interface Receiver extends AsyncDisposable {
  readonly url: string
  /** What came, oldest first. */
  readonly received: readonly Received[]
  /** What is answered from now on: a status, or whatever is done with the reply. */
  answer: number | ((request: Received, reply: ServerResponse) => void)
}

/** For tests: starts a receiver; it answers 204 unless told otherwise. */
export async function openReceiver(): Promise<Receiver> {
  const received: Received[] = []
  const receiver: Receiver = {
    url: '',
    received,
    answer: 204,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  const server = createServer((request, reply) => void take(request, reply, receiver, received))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return Object.assign(receiver, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?key=secret-path`,
  })
}

async function take(
  request: IncomingMessage,
  reply: ServerResponse,
  receiver: Receiver,
  received: Received[],
): Promise<void> {
  const body = Buffer.concat(await request.toArray()).toString()
  const one = { headers: request.headers, body, event: JSON.parse(body) as Event }
  received.push(one)
  if (typeof receiver.answer === 'function') receiver.answer(one, reply)
  else reply.writeHead(receiver.answer).end()
}
