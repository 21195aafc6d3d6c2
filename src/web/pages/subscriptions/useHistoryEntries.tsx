import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { TimelineEntry } from '../../ui/Timeline.tsx'
import type { HistoryEntry } from './subscription.ts'
import { useSubscriptionTexts } from './useSubscriptionTexts.tsx'

const named = ['quantity', 'friendlyName', 'reseller', 'supportContact', 'title'] as const

/** What happened to a subscription, in words. Needs the texts `subscriptions` and `activity`. */
export function useHistoryEntries(rows: readonly HistoryEntry[]): readonly TimelineEntry[] {
  const { t, i18n } = useTranslation(['subscriptions', 'activity'])
  const texts = useSubscriptionTexts()
  const none = t('history.none')
  const planText = (value: unknown) =>
    typeof value === 'object' && value !== null && 'title' in value
      ? texts.plan({ ...(value as Plan), endOn: (value as Partial<Plan>).endOn ?? null })
      : undefined
  const say = (value: unknown) =>
    typeof value === 'number' || (typeof value === 'string' && value !== '') ? value : none
  const actionText = (action: string) =>
    i18n.exists(`activity:action.${action}`) ? t(`activity:action.${action}` as 'activity:title') : action
  return rows.map(({ id, at, action, by, onBehalfOf, before, after }) => {
    const changes = named.flatMap((name) => {
      if (before === null || !(name in before) || after === null || !(name in after)) return []
      return [t(`history.${name}`, { before: say(before[name]), after: say(after[name]) })]
    })
    const moved = [
      ...(valueIn(before, 'status') && valueIn(after, 'status')
        ? [t('history.status', { before: statusText(before, t), after: statusText(after, t) })]
        : []),
      ...(typeof before?.['autoRenew'] === 'boolean' && typeof after?.['autoRenew'] === 'boolean'
        ? [t('history.autoRenew', { before: onOff(before['autoRenew'], t), after: onOff(after['autoRenew'], t) })]
        : []),
      ...(after && 'nextTerm' in after ? [t('history.nextTerm', { after: planText(after['nextTerm']) ?? none })] : []),
      ...(typeof after?.['suspensionReason'] === 'string'
        ? [t('history.reason', { reason: t(`suspension.${after['suspensionReason'] as 'other'}`) })]
        : []),
    ]
    const facts =
      before === null && after
        ? [
            ...(typeof after['number'] === 'string' ? [t('history.number', { number: after['number'] })] : []),
            ...(typeof after['quantity'] === 'number' ? [t('history.licenses', { count: after['quantity'] })] : []),
            ...(typeof after['reseller'] === 'string' ? [after['reseller']] : []),
            ...(typeof after['error'] === 'string' ? [after['error']] : []),
          ]
        : []
    const lines = [...changes, ...moved, ...facts]
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

type Plan = Parameters<ReturnType<typeof useSubscriptionTexts>['plan']>[0]
type Values = HistoryEntry['after']
type Texts = TFunction<['subscriptions', 'activity']>

function valueIn(values: Values, name: string): string | undefined {
  const value = values?.[name]
  return typeof value === 'string' ? value : undefined
}

function statusText(values: Values, t: Texts): string {
  return t(`status.${valueIn(values, 'status') as 'active'}`)
}

function onOff(on: boolean, t: Texts): string {
  return on ? t('detail.on') : t('detail.off')
}
