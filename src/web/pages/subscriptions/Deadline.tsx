import { makeStyles, tokens } from '@fluentui/react-components'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../ui/formats.tsx'

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  soon: { color: tokens.colorStatusWarningForeground1, fontSize: tokens.fontSizeBase200 },
})

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** The provider's clock, in milliseconds: what it showed when the page was read, and what passed since. */
export function useClock(read: string): number {
  const [passed, setPassed] = useState({ read, ms: 0 })
  useEffect(() => {
    const since = performance.now()
    const timer = setInterval(() => setPassed({ read, ms: performance.now() - since }), minuteMs / 2)
    return () => clearInterval(timer)
  }, [read])
  // Read again, it counts on from there.
  return Date.parse(read) + (passed.read === read ? passed.ms : 0)
}

/** How long until an instant: days from two on, then hours, then minutes; undefined when it is over. Needs `subscriptions`. */
export function useLeftText(): (at: string, nowMs: number) => string | undefined {
  const { t } = useTranslation('subscriptions')
  return (at, nowMs) => {
    const left = Date.parse(at) - nowMs
    if (left < 0) return undefined
    if (left >= 2 * dayMs) return t('left.days', { count: Math.floor(left / dayMs) })
    if (left >= 2 * hourMs) return t('left.hours', { count: Math.floor(left / hourMs) })
    return t('left.minutes', { count: Math.floor(left / minuteMs) })
  }
}

/** A last instant: how long is left, when it is here, and when in UTC. */
export function Deadline({ at, now }: { at: string; now: string }) {
  const styles = useStyles()
  const { t } = useTranslation(['subscriptions', 'common'])
  const formats = useFormats()
  const clock = useClock(now)
  const left = useLeftText()(at, clock)
  const isSoon = left !== undefined && Date.parse(at) - clock < dayMs
  return (
    <>
      <time dateTime={at}>{formats.instant(at)}</time>
      <div className={styles.quiet}>{t('common:instant.utc', { instant: at.slice(0, 16).replace('T', ' ') })}</div>
      <div className={isSoon ? styles.soon : styles.quiet}>{left ?? t('left.over')}</div>
    </>
  )
}
