import { useEffect, useRef } from 'react'

/** Forgets a finished wizard when its page is left, however that happens; a reload is no leaving. */
export function useForgetWhenLeft(finished: boolean, forget: () => void): void {
  const latest = useRef({ finished, forget })
  useEffect(() => {
    latest.current = { finished, forget }
  })
  useEffect(
    () => () => {
      if (latest.current.finished) latest.current.forget()
    },
    [],
  )
}
