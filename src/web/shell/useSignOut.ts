import { useCallback } from 'react'
import { api, ApiRefusal } from '../api.ts'
import { links } from '../links.ts'
import { queryClient } from '../query.ts'
import { newId } from '../ui/useWrite.ts'

/**
 * Ends the session on the server and forgets everything that was read; the page starts anew, so that nothing stays in memory.
 * `to` is where it starts; the sign-in page unless told.
 */
export function useSignOut(): (to?: string) => Promise<void> {
  return useCallback(async (to = links.signIn()) => {
    try {
      await api.send({ method: 'POST', path: '/portal/auth/sign-out' }, newId())
    } catch (error) {
      // A session that has ended already is what was asked for.
      if (!(error instanceof ApiRefusal)) throw error
    }
    queryClient.clear()
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith('kanal.')) sessionStorage.removeItem(key)
    }
    location.assign(to)
  }, [])
}
