import { argon2, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'

/** How long a temporary password opens the first sign-in. */
export const temporaryPasswordHours = 72

interface Cost {
  readonly memory: number
  readonly passes: number
  readonly parallelism: number
}

/** Source: OWASP Password Storage Cheat Sheet, Argon2id with 19 MiB. About 50 ms and 19 MiB each; Node runs at most four at once. */
const owasp: Cost = { memory: 19_456, passes: 2, parallelism: 1 }

/** The least that argon2 can do. For users of tests, who sign in by the hundred. */
export const testCost: Cost = { memory: 8, passes: 1, parallelism: 1 }

const tagLength = 32

/** Hashes a password for keeping (PHC string). Expensive: do it before a transaction, not inside. */
export async function hashPassword(password: string, cost: Cost = owasp): Promise<string> {
  const salt = randomBytes(16)
  const tag = await derive(password, salt, cost)
  const { memory, passes, parallelism } = cost
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(tag)}`
}

/** Whether a password has this hash; false, too, for a text that is no hash of ours. As expensive as hashing. */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const match = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d)\$([A-Za-z0-9+/]{22,64})\$([A-Za-z0-9+/]{43})$/.exec(
    hash,
  )
  if (!match) return false
  const [, memory, passes, parallelism, salt = '', expected = ''] = match
  const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) }
  const tag = await derive(password, Buffer.from(salt, 'base64'), cost)
  return timingSafeEqual(tag, Buffer.from(expected, 'base64'))
}

let nobodysHash: Promise<string> | undefined

/** Takes as long as a real check and is always false, so that an unknown name cannot be told from a wrong password. */
export async function verifyNobody(password: string): Promise<false> {
  nobodysHash ??= hashPassword(randomBytes(16).toString('hex'))
  await verifyPassword(password, await nobodysHash)
  return false
}

const readable = '23456789bcdfghjkmnpqrstvwxz'

/**
 * Makes a temporary password such as `k7qmx-29dkb-df3hr-w8n4t`: 95 bits of chance, nothing that can be misread aloud or on
 * paper, and no vowels, so no words by accident.
 */
export function temporaryPassword(): string {
  const groups = Array.from({ length: 4 }, () =>
    Array.from({ length: 5 }, () => readable[randomInt(readable.length)]).join(''),
  )
  return groups.join('-')
}

async function derive(password: string, nonce: Buffer, cost: Cost): Promise<Buffer> {
  return await new Promise((resolve, reject) => {
    // The same letters typed on different keyboards may arrive composed or decomposed.
    argon2('argon2id', { message: password.normalize('NFC'), nonce, tagLength, ...cost }, (error, tag) => {
      if (error) reject(error)
      else resolve(tag)
    })
  })
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '')
}
