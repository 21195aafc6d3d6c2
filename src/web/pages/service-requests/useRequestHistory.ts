import { useTranslation } from 'react-i18next'
import type { TimelineEntry } from '../../ui/Timeline.tsx'
import type { ServiceRequestDetail } from './service-request.ts'

/** What changed a request, in words. Needs the texts `support` and `activity`. */
export function useRequestHistory({ history }: ServiceRequestDetail): readonly TimelineEntry[] {
  const { t } = useTranslation(['support', 'activity'])
  const known = { status: ['open', 'attention', 'closed'], severity: ['critical', 'moderate', 'minimal'] } as const
  const say = (name: string, value: unknown): string | undefined => {
    if (name === 'owner' && typeof value === 'string') return value
    const status = known.status.find((one) => name === 'status' && one === value)
    if (status) return t(`status.${status}`)
    const severity = known.severity.find((one) => name === 'severity' && one === value)
    return severity && t(`severity.${severity}`)
  }
  return history.map(({ id, at, action, by, before, after }) => {
    const lines = ['severity', 'owner'].flatMap((name) => {
      const from = say(name, before?.[name])
      const to = say(name, after?.[name])
      return from && to ? [`${from} → ${to}`] : []
    })
    return {
      key: id,
      at,
      title: t(`activity:action.${action}` as 'activity:action.service_request.filed'),
      who: by.organization === by.name ? by.name : `${by.name}, ${by.organization}`,
      detail: lines.length === 0 ? undefined : lines.join(', '),
    }
  })
}
