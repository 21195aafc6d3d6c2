import { Link } from '@fluentui/react-components'
import type { LinkProps } from '@fluentui/react-components'
import { useRouter } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { MouseEvent, ReactNode } from 'react'

/** Goes to an address of the portal, given by `links`. `replace` leaves no step in the browser's history. */
export function useGo(): (href: string, options?: { replace?: boolean }) => void {
  const router = useRouter()
  return useCallback(
    (href, options) => (options?.replace ? router.history.replace(href) : router.history.push(href)),
    [router],
  )
}

/** Makes a click on any anchor stay inside the portal, unless the person asked for a new tab or window. */
export function useStayInside(href: string): (event: MouseEvent<HTMLElement>) => void {
  const go = useGo()
  return (event) => {
    const elsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0
    if (event.defaultPrevented || elsewhere) return
    event.preventDefault()
    go(href)
  }
}

/** A link to another page of the portal. `href` comes from `links`. The page's files are fetched when the pointer rests on it. */
export function AppLink({
  href,
  children,
  ...rest
}: { href: string; children: ReactNode } & Pick<
  LinkProps,
  'className' | 'appearance' | 'inline' | 'id' | 'aria-label' | 'aria-current'
>) {
  const stayInside = useStayInside(href)
  const router = useRouter()
  const warm = () => void router.preloadRoute({ to: href }).catch(() => {})
  return (
    <Link {...rest} href={href} onClick={stayInside} onPointerEnter={warm} onFocus={warm}>
      {children}
    </Link>
  )
}
