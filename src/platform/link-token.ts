import { createHash, createHmac } from 'node:crypto'
import type { Config } from '../config.ts'

/** What a personal link leads to; a token of one purpose is none of another. */
export type LinkPurpose = 'partnership-invitation' | 'relationship-request'

/**
 * The token of a personal link: made from the row's id and the installation's secret, so that the link can be shown again
 * without being stored, and nobody can make another row's. 43 characters that need no escaping.
 */
export function linkToken(config: Pick<Config, 'secret'>, purpose: LinkPurpose, id: string): string {
  return createHmac('sha256', config.secret).update(`${purpose}:${id}`).digest('base64url')
}

/** What is stored of a token: its SHA-256. Rows are found by it, so an altered link finds none. */
export function linkTokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
