import { createLightTheme, type Theme } from '@fluentui/react-components'
import { brand, fonts } from './brand.ts'

export const theme: Theme = {
  ...createLightTheme(brand),
  ...fonts,
  // The ramp's lightest step is meant for text on dark; behind text it is too loud.
  colorBrandBackground2: '#e3f5f5',
  colorBrandBackground2Hover: '#d3eeee',
  colorBrandBackground2Pressed: '#c1e6e6',
  // Fluent's own disabled and third greys are too faint to read reasons in.
  colorNeutralForeground4: '#616161',
}
