import { createDarkTheme, createLightTheme, teamsHighContrastTheme } from '@fluentui/react-components'
import type { BrandVariants, Theme } from '@fluentui/react-components'
import { useSyncExternalStore } from 'react'

/** Deep teal. 80 carries white text in the light theme, 70 in the dark one, 110 is text on dark: each at least 4.5 : 1. */
const brand: BrandVariants = {
  10: '#001818',
  20: '#002728',
  30: '#003737',
  40: '#004444',
  50: '#005252',
  60: '#005e5e',
  70: '#00696a',
  80: '#0a7575',
  90: '#258484',
  100: '#3b9696',
  110: '#50a9a8',
  120: '#62baba',
  130: '#79c9c8',
  140: '#93d8d7',
  150: '#abe6e5',
  160: '#c1f3f2',
}

// System fonts: nothing to fetch, and all of them have the Turkish letters.
const fonts = {
  fontFamilyBase:
    "'Segoe UI Variable Text', 'Segoe UI', system-ui, -apple-system, Roboto, 'Noto Sans', 'Liberation Sans', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'Cascadia Mono', Consolas, 'SF Mono', Menlo, 'Liberation Mono', monospace",
}

const lightTheme: Theme = {
  ...createLightTheme(brand),
  ...fonts,
  // Fluent's own disabled and third greys are too faint to read reasons in.
  colorNeutralForeground4: '#616161',
}

const darkTheme: Theme = {
  ...createDarkTheme(brand),
  ...fonts,
  colorBrandForeground1: brand[110],
  colorBrandForeground2: brand[120],
  colorBrandForegroundLink: brand[110],
  colorBrandForegroundLinkHover: brand[120],
  colorBrandForegroundLinkPressed: brand[100],
  colorCompoundBrandForeground1: brand[110],
  colorCompoundBrandForeground1Hover: brand[120],
  colorCompoundBrandStroke: brand[110],
  colorNeutralForeground2BrandHover: brand[120],
  colorNeutralForeground2BrandSelected: brand[110],
}

const contrastTheme: Theme = { ...teamsHighContrastTheme, ...fonts }

/** What a person may choose; `system` follows the device. */
export const themeChoices = ['system', 'light', 'dark', 'contrast'] as const
export type ThemeChoice = (typeof themeChoices)[number]
export type ThemeName = Exclude<ThemeChoice, 'system'>

export const densities = ['comfortable', 'compact'] as const
/** Height of list rows: 44 px or 36 px. */
export type Density = (typeof densities)[number]

const themes: Record<ThemeName, Theme> = { light: lightTheme, dark: darkTheme, contrast: contrastTheme }
const themeKey = 'kanal.theme'
const densityKey = 'kanal.density'
const listeners = new Set<() => void>()
const prefersDark = matchMedia('(prefers-color-scheme: dark)')
const prefersContrast = matchMedia('(prefers-contrast: more), (forced-colors: active)')

function changed() {
  document.documentElement.dataset['theme'] = themeName()
  for (const listener of listeners) listener()
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

/** Puts the theme on the page and follows the device from then on. Once, before drawing. */
export function startTheme(): void {
  prefersDark.addEventListener('change', changed)
  prefersContrast.addEventListener('change', changed)
  changed()
}

/** The theme in force, what was chosen, and how to choose. Kept on this device. */
export function useTheme(): {
  theme: Theme
  name: ThemeName
  choice: ThemeChoice
  choose: (choice: ThemeChoice) => void
} {
  const name = useSyncExternalStore(subscribe, themeName)
  const choice = useSyncExternalStore(subscribe, themeChoice)
  return {
    theme: themes[name],
    name,
    choice,
    choose(next) {
      localStorage.setItem(themeKey, next)
      changed()
    },
  }
}

/** How close together list rows stand. Kept on this device. */
export function useDensity(): { density: Density; choose: (density: Density) => void } {
  return {
    density: useSyncExternalStore(subscribe, density),
    choose(next) {
      localStorage.setItem(densityKey, next)
      changed()
    },
  }
}
