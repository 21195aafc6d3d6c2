import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import type { Deps } from './context.ts'

/** A mail as it came over the wire. */
export interface ReceivedMail {
  readonly from: string
  readonly to: readonly string[]
  /** Headers and body, bytes read as UTF-8. */
  readonly raw: string
}

/** A mail server of one's own that takes everything, unless told. */
export interface TestMailServer extends AsyncDisposable {
  readonly url: string
  readonly received: readonly ReceivedMail[]
  /** How the server answers a recipient from now on: 250 takes it. */
  answerRecipients(code: number): void
}

/** For tests: starts a mail server on this machine; on `port`, or any free one. */
export async function testMailServer(port = 0): Promise<TestMailServer> {
  const received: ReceivedMail[] = []
  let answer = 250
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: (_address, _session, done) =>
      answer === 250 ? done() : done(Object.assign(new Error('No such mailbox'), { responseCode: answer })),
    onData(stream, { envelope }, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address
        received.push({
          from,
          to: envelope.rcptTo.map(({ address }) => address),
          raw: Buffer.concat(parts).toString('utf8'),
        })
        done()
      })
    },
  })
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening))
  const bound = (server.server.address() as AddressInfo).port
  return {
    url: `smtp://127.0.0.1:${bound}`,
    received,
    answerRecipients: (code) => void (answer = code),
    async [Symbol.asyncDispose]() {
      const closed = Promise.withResolvers<void>()
      server.close(() => closed.resolve())
      await closed.promise
    },
  }
}

/** For tests: the same product, with a mail server. */
export function withMailServer(deps: Deps, smtpUrl: string): Deps {
  return { ...deps, config: { ...deps.config, smtpUrl, mailFrom: { name: 'Kanal', address: 'kanal@kanal.example' } } }
}

/** For tests: the value of a header, unfolded; undefined when the mail has none. */
export function headerOf({ raw }: ReceivedMail, name: string): string | undefined {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replaceAll(/\r\n[ \t]+/g, ' ')
  const line = head.split('\r\n').find((one) => one.toLowerCase().startsWith(`${name.toLowerCase()}: `))
  return line?.slice(name.length + 2)
}

/** For tests: a header's text as its reader sees it; words of RFC 2047 are decoded. */
export function readableHeader(mail: ReceivedMail, name: string): string | undefined {
  return headerOf(mail, name)
    ?.replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, way: string, text: string) =>
      way.toLowerCase() === 'b' ? Buffer.from(text, 'base64').toString('utf8') : quoted(text.replaceAll('_', ' ')),
    )
}

/** For tests: the readable parts of a mail's body, one after another. */
export function bodyOf({ raw }: ReceivedMail): string {
  const parts = raw.split(/\r\n--[^\r\n]+/)
  return parts
    .map((part) => {
      const body = part.slice(part.indexOf('\r\n\r\n') + 4)
      if (/content-transfer-encoding: base64/i.test(part)) return Buffer.from(body, 'base64').toString('utf8')
      return /content-transfer-encoding: quoted-printable/i.test(part) ? quoted(body.replaceAll('=\r\n', '')) : body
    })
    .join('\n')
}

function quoted(text: string): string {
  return Buffer.from(
    text.replaceAll(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8')
}
