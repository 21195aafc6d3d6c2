import { useTranslation } from 'react-i18next'
import type { TimelineEntry } from '../../ui/Timeline.tsx'
import type { HistoryEntry } from './subscription.ts'

const named = ['quantity', 'friendlyName', 'reseller', 'supportContact', 'title'] as const

/** What happened to a subscription, in words. Needs the texts `subscriptions` and `activity`. */
export function useHistoryEntries(rows: readonly HistoryEntry[]): readonly TimelineEntry[] {
  const { t, i18n } = useTranslation(['subscriptions', 'activity'])
  const none = t('history.none')
  const say = (value: unknown) =>
    typeof value === 'number' || (typeof value === 'string' && value !== '') ? value : none
  const actionText = (action: string) =>
    i18n.exists(`activity:action.${action}`) ? t(`activity:action.${action}` as 'activity:title') : action
  return rows.map(({ id, at, action, by, onBehalfOf, before, after }) => {
    const changes = named.flatMap((name) => {
      if (before === null || !(name in before) || after === null || !(name in after)) return []
      return [t(`history.${name}`, { before: say(before[name]), after: say(after[name]) })]
    })
    const facts =
      before === null && after
        ? [
            ...(typeof after['number'] === 'string' ? [t('history.number', { number: after['number'] })] : []),
            ...(typeof after['quantity'] === 'number' ? [t('history.licenses', { count: after['quantity'] })] : []),
            ...(typeof after['reseller'] === 'string' ? [after['reseller']] : []),
            ...(typeof after['error'] === 'string' ? [after['error']] : []),
          ]
        : []
    const lines = [...changes, ...facts]
    return {
      key: id,
      at,
      title: actionText(action),
      who: by.organization === by.name ? by.name : `${by.name}, ${by.organization}`,
      onBehalfOf: onBehalfOf ?? undefined,
      detail: lines.length === 0 ? undefined : lines.map((line) => <div key={line}>{line}</div>),
    }
  })
}
