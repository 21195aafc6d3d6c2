import { useSyncExternalStore } from 'react'

/** Widths at which the layout changes; the same everywhere. */
export const media = {
  phone: '@media (max-width: 640px)',
  tablet: '@media (max-width: 1024px)',
  print: '@media print',
} as const

const phone = matchMedia('(max-width: 640px)')
const tablet = matchMedia('(max-width: 1024px)')

function watch(query: MediaQueryList) {
  return (listener: () => void) => {
    query.addEventListener('change', listener)
    return () => query.removeEventListener('change', listener)
  }
}

const watchPhone = watch(phone)
const watchTablet = watch(tablet)

/** True up to 640 px: lists become cards, dialogs fill the screen. */
export function usePhone(): boolean {
  return useSyncExternalStore(watchPhone, () => phone.matches)
}

/** True up to 1024 px: the navigation is a sheet. */
export function useTablet(): boolean {
  return useSyncExternalStore(watchTablet, () => tablet.matches)
}
