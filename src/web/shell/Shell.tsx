import type { ReactNode } from 'react'

/** The frame. */
export function Shell({ children }: { children: ReactNode }) {
  return <main id="main">{children}</main>
}
