import { useTranslation } from 'react-i18next'
import type { Clock, ClockRun, SimulationSettings } from '../../../features/sandbox/wire.ts'
import type activityStrings from '../../../strings/en/activity.json'
import { asSent } from '../../api.ts'
import { useFormats } from '../../ui/formats.tsx'

export const clockPath = '/portal/v1/clock'
export const runsPath = '/portal/v1/clock/runs'
/** Everything of a sandbox's portal may be another once its clock has been moved. */
export const everything = '/portal/v1/'

export const ClockReply = asSent<Clock>()
export const RunReply = asSent<{ readonly run: ClockRun }>()
export const RunRow = asSent<ClockRun>()
export const SimulationReply = asSent<SimulationSettings>()
export type { Clock, ClockRun }

type Groups = typeof activityStrings.action

/** What a run did, as sentences: names from the activity log with how often each was done. */
export function useActs(): (counts: ClockRun['counts']) => readonly string[] {
  const { t } = useTranslation(['sandbox', 'activity'])
  const actions = t('activity:action', { returnObjects: true }) as unknown as Groups
  const formats = useFormats()
  const nameOf = (act: string): string => {
    if (act === 'provisioning.accepted') return t('run.accepted')
    if (act === 'renewal.reminded') return t('run.reminded')
    const [group = '', name = ''] = act.split('.')
    const named = (actions as Readonly<Record<string, Readonly<Record<string, string>>>>)[group]?.[name]
    return named ?? act
  }
  return (counts) =>
    Object.entries(counts).map(([act, times]) => t('run.act', { name: nameOf(act), times: formats.number(times) }))
}
