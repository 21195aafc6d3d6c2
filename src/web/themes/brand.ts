import type { BrandVariants } from '@fluentui/react-components'

/** Deep teal. 80 carries white text in the light theme, 70 in the dark one, 110 is text on dark: each at least 4.5 : 1. */
export const brand: BrandVariants = {
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

/** System fonts: nothing to fetch, and all of them have the Turkish letters. */
export const fonts = {
  fontFamilyBase:
    "'Segoe UI Variable Text', 'Segoe UI', system-ui, -apple-system, Roboto, 'Noto Sans', 'Liberation Sans', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'Cascadia Mono', Consolas, 'SF Mono', Menlo, 'Liberation Mono', monospace",
}
