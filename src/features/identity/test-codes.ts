import { createHmac } from 'node:crypto'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** For tests: the code that an authenticator app shows at this moment for an `otpauth:` address (RFC 6238, six digits). */
export function codeOf(totpUri: string, at: Date = new Date()): string {
  const secret = new URL(totpUri).searchParams.get('secret') ?? ''
  const bits = Array.from(secret, (letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const key = Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(at.getTime() / 30_000)))
  const tag = createHmac('sha1', key).update(counter).digest()
  const offset = (tag.at(-1) ?? 0) & 0xf
  return String((tag.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}
