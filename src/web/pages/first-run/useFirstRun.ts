import { useEffect } from 'react'
import * as z from 'zod/mini'
import { links } from '../../links.ts'
import { useRead } from '../../query.ts'
import { useGo } from '../../ui/AppLink.tsx'

export const FirstRun = z.object({ needed: z.boolean() })

/** Leads from sign-in to the first-run page while nobody can sign in; sign-in does not wait for the answer. */
export function useFirstRun(): void {
  const go = useGo()
  const needed = useRead('/portal/v1/first-run', FirstRun).data?.needed ?? false
  useEffect(() => {
    if (needed) go(links.firstRun(), { replace: true })
  }, [needed, go])
}
