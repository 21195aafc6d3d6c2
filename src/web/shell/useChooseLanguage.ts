import { useCallback } from 'react'
import { api } from '../api.ts'
import { showLanguage } from '../i18n.ts'
import type { Language } from '../i18n.ts'
import { queryClient } from '../query.ts'
import { sessionQuery } from '../session.ts'
import type { Session } from '../session.ts'
import { toast } from '../ui/Toasts.tsx'
import { useErrorText } from '../ui/errors.ts'
import { newId } from '../ui/useWrite.ts'

/** Shows the portal in another language at once, and keeps the choice with the user's account. */
export function useChooseLanguage(): (language: Language) => Promise<void> {
  const errorText = useErrorText()
  return useCallback(
    async (locale) => {
      const session = queryClient.getQueryData(sessionQuery.queryKey)
      if (session) {
        const changed: Session = { ...session, user: { ...session.user, locale } }
        queryClient.setQueryData(sessionQuery.queryKey, changed)
      }
      await showLanguage(locale)
      if (!session) return
      try {
        await api.send({ method: 'PUT', path: '/portal/v1/me/locale', body: { locale } }, newId())
        // Sentences that the server wrote, such as notifications, come again in the new language.
        await queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== '/portal/v1/me' })
      } catch (error) {
        // The page already speaks the chosen language; only the account has not kept it.
        toast({ tone: 'error', text: errorText(error) })
      }
    },
    [errorText],
  )
}
