import { useEffect } from 'react'
import { asSent } from '../../api.ts'
import { links } from '../../links.ts'
import { useRead } from '../../query.ts'
import { useGo } from '../../ui/AppLink.tsx'

export const firstRunPath = '/portal/v1/first-run'

export const FirstRun = asSent<{ needed: boolean }>()

/** Leads from sign-in to the first-run page while nobody can sign in; sign-in does not wait for the answer. */
export function useFirstRun(): void {
  const go = useGo()
  const needed = useRead(firstRunPath, FirstRun).data?.needed ?? false
  useEffect(() => {
    if (needed) go(links.firstRun(), { replace: true })
  }, [needed, go])
}
