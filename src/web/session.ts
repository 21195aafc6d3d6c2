import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { MeReply } from '../features/identity/wire.ts'
import type { Permission } from '../kernel/permissions.ts'
import { api, ApiRefusal, asSent } from './api.ts'

/** Who is signed in, for which organization, and what they may do. */
export type Session = z.infer<typeof MeReply>

const Me = asSent<Session>()

/** The session, or null when nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ['/portal/v1/me'],
  staleTime: 60_000,
  async queryFn({ signal }): Promise<Session | null> {
    try {
      return await api.get('/portal/v1/me', Me, undefined, signal)
    } catch (error) {
      if (error instanceof ApiRefusal && error.status === 401) return null
      throw error
    }
  },
})

/** The session, or undefined on a public page that nobody is signed in to. */
export function useMaybeSession(): Session | undefined {
  return useSuspenseQuery(sessionQuery).data ?? undefined
}

/** The session of a page that is shown only to people who are signed in. */
export function useSession(): Session {
  const session = useMaybeSession()
  if (!session) throw new Error('This page is open to signed-in people only; its route must say so.')
  return session
}

/** Whether a session holds a permission. */
export function may(session: Session | undefined, permission: Permission): boolean {
  return session?.permissions.includes(permission) ?? false
}

/**
 * Whether the person may do something, for showing an action enabled, or disabled with its reason. The server decides again,
 * and its answer counts.
 */
export function usePermission(permission: Permission): boolean {
  return may(useMaybeSession(), permission)
}
