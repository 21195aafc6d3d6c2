import { makeStyles, ProgressBar, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorBar } from '../../ui/ErrorState.tsx'
import { useFormats } from '../../ui/formats.tsx'
import { Section } from '../../ui/Page.tsx'
import { type ClockRun, useActs } from './clock.ts'

const useStyles = makeStyles({
  body: { display: 'flex', flexDirection: 'column', gap: '8px', alignItems: 'flex-start' },
  acts: { margin: 0, paddingLeft: '20px', color: tokens.colorNeutralForeground2 },
})

/** How far a run under way has come, and what it did so far. */
export function RunProgress({ run, actions, error }: { run: ClockRun; actions: ReactNode; error: unknown }) {
  const styles = useStyles()
  const { t } = useTranslation('sandbox')
  const formats = useFormats()
  const acts = useActs()(run.counts)
  const [from, to, reached] = [run.fromAt, run.toAt, run.reachedAt].map((at) => Date.parse(at))
  const share = ((reached ?? 0) - (from ?? 0)) / Math.max((to ?? 0) - (from ?? 0), 1)
  return (
    <Section title={t('run.title')}>
      <div className={styles.body}>
        <ProgressBar value={share} aria-label={t('run.progress')} />
        <span role="status">
          {run.status === 'waiting'
            ? t('run.waiting', { to: formats.instantDay(run.toAt) })
            : t('run.reached', { reached: formats.instantDay(run.reachedAt), to: formats.instantDay(run.toAt) })}
        </span>
        {acts.length > 0 && (
          <ul className={styles.acts}>
            {acts.map((act) => (
              <li key={act}>{act}</li>
            ))}
          </ul>
        )}
        {actions}
        <ErrorBar error={error} />
      </div>
    </Section>
  )
}
