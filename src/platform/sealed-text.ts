import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { Config } from '../config.ts'

/** What a secret is kept for; one sealed for a purpose cannot be opened as another. */
export type SealedFor = 'webhook secret'

/**
 * Seals a text that has to be read again, such as a key that signs, with the installation's secret (AES-256-GCM). What a thief
 * of the database finds is of no use without that secret.
 *
 * @param owner Id of the row it belongs to: in another row it does not open.
 */
export function sealText({ secret }: Config, purpose: SealedFor, owner: string, text: string): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyFor(secret, purpose), nonce)
  cipher.setAAD(Buffer.from(owner))
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
}

/** Opens what `sealText` sealed; undefined when the installation's secret is another one, or the row. */
export function openText({ secret }: Config, purpose: SealedFor, owner: string, sealed: Buffer): string | undefined {
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyFor(secret, purpose), sealed.subarray(0, 12))
    decipher.setAAD(Buffer.from(owner))
    decipher.setAuthTag(sealed.subarray(12, 28))
    return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString('utf8')
  } catch {
    // That is how the cipher says that it was sealed otherwise.
    return undefined
  }
}

const keys = new Map<string, Buffer>()

function keyFor(secret: string, purpose: SealedFor): Buffer {
  const name = `${purpose} ${secret}`
  const known = keys.get(name)
  if (known) return known
  const key = Buffer.from(hkdfSync('sha256', secret, '', purpose, 32))
  keys.set(name, key)
  return key
}
