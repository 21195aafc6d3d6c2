import { Resolver } from 'node:dns/promises'
import { lookup } from 'node:dns/promises'
import ipaddr from 'ipaddr.js'
import type { Config } from '../../config.ts'

/** An address that may be connected to. */
export interface CheckedAddress {
  readonly address: string
  readonly family: 4 | 6
}

/** Where webhooks may lead: `public` on the internet only, `loopback` also to this machine, `private` also to a network of one's own. */
export type WebhookReach = Config['webhookReach']

/**
 * Whether requests may go to an IP address: those of the public internet. Others belong to this machine, its network, or the
 * cloud it runs in, which answers secrets to whoever asks from here. Link-local, metadata and mapped ones are never reached.
 */
export function mayReach(address: string, reach: WebhookReach): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.parse(address)
  const range: string = parsed.range()
  if (range === 'unicast') {
    // Of IPv6, only what is handed out to the internet; the rest carries IPv4 inside or is for nobody.
    return parsed.kind() === 'ipv4' || parsed.match(ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number])
  }
  if (range === 'loopback') return reach !== 'public'
  return reach === 'private' && ['private', 'uniqueLocal', 'carrierGradeNat'].includes(range)
}

/**
 * Looks up where a host is, once: whoever connects must connect to just this address. A name of several addresses is refused
 * when any of them is.
 */
export async function resolveHost(
  hostname: string,
  reach: WebhookReach,
): Promise<CheckedAddress | 'unresolved' | 'refusedAddress'> {
  const literal = hostname.replaceAll(/^\[|\]$/g, '')
  const found = ipaddr.isValid(literal) ? [literal] : await addressesOf(hostname, reach)
  const [first] = found
  if (first === undefined) return 'unresolved'
  if (!found.every((address) => mayReach(address, reach))) return 'refusedAddress'
  return { address: first, family: ipaddr.parse(first).kind() === 'ipv4' ? 4 : 6 }
}

async function addressesOf(hostname: string, reach: WebhookReach): Promise<readonly string[]> {
  if (reach !== 'public') {
    // Names such as `localhost` or those of containers are known to this machine only.
    const own = await lookup(hostname, { all: true, order: 'ipv4first' }).catch(() => [])
    return own.map(({ address }) => address)
  }
  // Unlike the machine's own look-up this one takes no thread that passwords or files would wait for.
  const resolver = new Resolver({ timeout: 2_000, tries: 2 })
  const [four, six] = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)])
  return [...(four.status === 'fulfilled' ? four.value : []), ...(six.status === 'fulfilled' ? six.value : [])]
}
