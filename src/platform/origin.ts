/**
 * Whether an `Origin` header names this very server: the address people reach it by, or the host the request came to. `null`
 * and other sites are not.
 */
export function isSameOrigin(origin: string, host: string | undefined, publicUrl: string): boolean {
  if (!URL.canParse(origin)) return false
  const from = new URL(origin)
  return from.origin === new URL(publicUrl).origin || (host !== undefined && from.host === host.toLowerCase())
}
