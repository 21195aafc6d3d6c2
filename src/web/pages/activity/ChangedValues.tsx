import { makeStyles, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import type { ActivityRecord } from '../../../features/audit/wire.ts'
import { roles } from '../../../kernel/permissions.ts'
import activity from '../../../strings/en/activity.json'
import { useFormats } from '../../ui/formats.tsx'

const useStyles = makeStyles({
  table: { borderCollapse: 'collapse', width: '100%', maxWidth: '880px', tableLayout: 'fixed' },
  head: {
    textAlign: 'start',
    padding: '4px 12px 4px 0',
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground2,
  },
  name: { textAlign: 'start', verticalAlign: 'top', padding: '4px 12px 4px 0', fontWeight: tokens.fontWeightRegular },
  cell: { verticalAlign: 'top', padding: '4px 12px 4px 0', overflowWrap: 'anywhere' },
  before: { color: tokens.colorNeutralForeground2 },
  none: { margin: 0, color: tokens.colorNeutralForeground2 },
})

/** What changed, a line for each value: before and after. */
export function ChangedValues({ record: { before, after } }: { record: ActivityRecord }) {
  const styles = useStyles()
  const { t } = useTranslation('activity')
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  const nameOf = useValueName()
  const textOf = useValueText()
  if (names.length === 0) return <p className={styles.none}>{t('noValues')}</p>
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th className={styles.head} scope="col">
            {t('column.value')}
          </th>
          {before && (
            <th className={styles.head} scope="col">
              {t('column.before')}
            </th>
          )}
          <th className={styles.head} scope="col">
            {t('column.after')}
          </th>
        </tr>
      </thead>
      <tbody>
        {names.map((name) => (
          <tr key={name}>
            <th className={styles.name} scope="row">
              {nameOf(name)}
            </th>
            {before && <td className={`${styles.cell} ${styles.before}`}>{textOf(before[name])}</td>}
            <td className={styles.cell}>{textOf(after?.[name])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

type ValueName = keyof (typeof activity)['value']

function isValueName(name: string): name is ValueName {
  return Object.hasOwn(activity.value, name)
}

function useValueName(): (name: string) => string {
  const { t } = useTranslation('activity')
  return (name) => (isValueName(name) ? t(`value.${name}`) : name)
}

/** A recorded value in the person's words: roles, languages, dates and numbers as they are written, lists joined, the rest as it is. */
function useValueText(): (value: unknown) => string {
  const { t } = useTranslation(['activity', 'common'])
  const formats = useFormats()
  const nameOf = useValueName()
  const text = (value: unknown): string => {
    if (value === undefined || value === null || value === '') return t('noValue')
    if (typeof value === 'boolean') return t(value ? 'common:yes' : 'common:no')
    if (typeof value === 'number') return formats.number(value)
    if (typeof value === 'string') {
      const role = roles.find((one) => one === value)
      if (role) return t(`common:role.${role}`)
      if (value === 'en' || value === 'tr') return t(`common:language.${value}`)
      if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return formats.date(value)
      return /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value) ? formats.instant(value) : value
    }
    if (Array.isArray(value)) return value.length === 0 ? t('noValue') : value.map(text).join(', ')
    return Object.entries(value)
      .map(([name, one]) => `${nameOf(name)}: ${text(one)}`)
      .join('; ')
  }
  return text
}
