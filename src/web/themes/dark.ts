import { createDarkTheme, type Theme } from '@fluentui/react-components'
import { brand, fonts } from './brand.ts'

export const theme: Theme = {
  ...createDarkTheme(brand),
  ...fonts,
  colorBrandForeground1: brand[110],
  colorBrandForeground2: brand[120],
  colorBrandForegroundLink: brand[120],
  colorBrandForegroundLinkHover: brand[130],
  colorBrandForegroundLinkPressed: brand[110],
  // Readable on a hovered row and a hovered menu item, too.
  colorStatusDangerForeground1: '#ec949c',
  colorCompoundBrandForeground1: brand[110],
  colorCompoundBrandForeground1Hover: brand[120],
  colorCompoundBrandStroke: brand[110],
  colorNeutralForeground2BrandHover: brand[120],
  colorNeutralForeground2BrandSelected: brand[110],
}
