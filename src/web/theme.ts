import type { Theme } from '@fluentui/react-components'
import { useSyncExternalStore } from 'react'

/** What a person may choose; `system` follows the device. */
export const themeChoices = ['system', 'light', 'dark', 'contrast'] as const
export type ThemeChoice = (typeof themeChoices)[number]
export type ThemeName = Exclude<ThemeChoice, 'system'>

export const densities = ['comfortable', 'compact'] as const
/** Height of list rows: 44 px or 36 px. */
export type Density = (typeof densities)[number]

const files: Record<ThemeName, () => Promise<{ readonly theme: Theme }>> = {
  light: () => import('./themes/light.ts'),
  dark: () => import('./themes/dark.ts'),
  contrast: () => import('./themes/contrast.ts'),
}
let shown: Theme | undefined
const themeKey = 'kanal.theme'
const densityKey = 'kanal.density'
const listeners = new Set<() => void>()
const prefersDark = matchMedia('(prefers-color-scheme: dark)')
const prefersContrast = matchMedia('(prefers-contrast: more), (forced-colors: active)')

function tell() {
  for (const listener of listeners) listener()
}

async function changed() {
  const name = themeName()
  // What was chosen shows at once, the looks when they are there.
  tell()
  const { theme } = await files[name]()
  // While it came, another may have been chosen.
  if (name !== themeName()) return
  shown = theme
  document.documentElement.dataset['theme'] = name
  tell()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

function themeChoice(): ThemeChoice {
  return themeChoices.find((choice) => choice === localStorage.getItem(themeKey)) ?? 'system'
}

function themeName(): ThemeName {
  const choice = themeChoice()
  if (choice !== 'system') return choice
  if (prefersContrast.matches) return 'contrast'
  return prefersDark.matches ? 'dark' : 'light'
}

function density(): Density {
  return localStorage.getItem(densityKey) === 'compact' ? 'compact' : 'comfortable'
}

function follow() {
  void changed()
}

/** Puts the theme on the page and follows the device from then on. Must have resolved before anything is drawn. */
export async function startTheme(): Promise<void> {
  prefersDark.addEventListener('change', follow)
  prefersContrast.addEventListener('change', follow)
  await changed()
}

function shownTheme(): Theme {
  if (!shown) throw new Error('The theme has not been started')
  return shown
}

/** The theme in force, what was chosen, and how to choose. Kept on this device. */
export function useTheme(): {
  theme: Theme
  name: ThemeName
  choice: ThemeChoice
  choose: (choice: ThemeChoice) => void
} {
  const theme = useSyncExternalStore(subscribe, shownTheme)
  const name = useSyncExternalStore(subscribe, themeName)
  const choice = useSyncExternalStore(subscribe, themeChoice)
  return {
    theme,
    name,
    choice,
    choose(next) {
      localStorage.setItem(themeKey, next)
      follow()
    },
  }
}

/** How close together list rows stand. Kept on this device. */
export function useDensity(): { density: Density; choose: (density: Density) => void } {
  return {
    density: useSyncExternalStore(subscribe, density),
    choose(next) {
      localStorage.setItem(densityKey, next)
      follow()
    },
  }
}
