import { teamsHighContrastTheme, type Theme } from '@fluentui/react-components'
import { fonts } from './brand.ts'

export const theme: Theme = { ...teamsHighContrastTheme, ...fonts }
