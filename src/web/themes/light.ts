import { createLightTheme, type Theme } from '@fluentui/react-components'
import { brand, fonts } from './brand.ts'

export const theme: Theme = {
  ...createLightTheme(brand),
  ...fonts,
  // Fluent's own disabled and third greys are too faint to read reasons in.
  colorNeutralForeground4: '#616161',
}
