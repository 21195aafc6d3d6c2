import { useRouter, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo, useRef } from 'react'

/** What a page keeps in its address: a text with its usual value, or a list of allowed values of which the first is usual. */
type Spec = Readonly<Record<string, string | readonly [string, ...string[]]>>

type StateOf<S extends Spec> = {
  readonly [Name in keyof S]: S[Name] extends readonly (infer Value)[] ? Value : string
}

const longestText = 200

/**
 * State that belongs in the address, so that reload, back and a sent link show the same: filters, sort, tab, step.
 *
 *     const [url, setUrl] = useUrlState({ search: '', sort: ['name', '-name'], reseller: '' })
 *
 * Values nobody offers fall back to the usual one, and usual values are left out of the address. Setting replaces the entry in
 * the browser's history, unless `push` is given (wizard steps, tabs).
 */
export function useUrlState<const S extends Spec>(
  spec: S,
): [StateOf<S>, (changes: Partial<StateOf<S>>, options?: { push?: boolean }) => void] {
  const router = useRouter()
  const search = useSearch({ strict: false }) as Record<string, unknown>
  const fixed = useRef(spec).current
  const state = useMemo(() => {
    const entries = Object.entries(fixed).map(([name, allowed]) => {
      const given = search[name]
      const text = typeof given === 'string' ? given.slice(0, longestText) : undefined
      if (typeof allowed === 'string') return [name, text ?? allowed]
      return [name, text !== undefined && allowed.includes(text) ? text : allowed[0]]
    })
    return Object.fromEntries(entries) as StateOf<S>
  }, [fixed, search])
  const change = useCallback(
    (changes: Partial<StateOf<S>>, options: { push?: boolean } = {}) => {
      void router.navigate({
        to: '.',
        replace: !options.push,
        resetScroll: options.push ?? false,
        search: ((before: Record<string, unknown>) => {
          const next: Record<string, unknown> = { ...before, ...changes }
          for (const [name, allowed] of Object.entries(fixed)) {
            if (next[name] === (typeof allowed === 'string' ? allowed : allowed[0])) delete next[name]
          }
          return next
        }) as never,
      })
    },
    [router, fixed],
  )
  return [state, change]
}
