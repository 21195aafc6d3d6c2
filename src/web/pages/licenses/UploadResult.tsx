import { Button, makeStyles, ProgressBar } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { refusals, type RefusalName } from '../../../kernel/errors.ts'
import { useRead } from '../../query.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FactList } from '../../ui/FactList.tsx'
import { NumberText, useFormats } from '../../ui/formats.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Section } from '../../ui/Page.tsx'
import { BlockSkeleton } from '../../ui/Skeletons.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { pathOf, type SavedUpload, type UploadState, UploadStateShape } from './people.ts'
import { UploadPasswords } from './UploadPasswords.tsx'
import { UploadRows } from './UploadRows.tsx'

const useStyles = makeStyles({
  stack: { display: 'flex', flexDirection: 'column', gap: '12px' },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: '16px', alignItems: 'center' },
})

const tones = { checked: 'neutral', running: 'pending', done: 'success', stopped: 'warning' } as const

/** What became of a list: progress while it runs, the counts, the passwords once, and the rows with their results. */
export function UploadResult({
  customerId,
  uploadId,
  saved,
  back,
  onAnother,
}: {
  customerId: string
  uploadId: string
  /** The answer to Save, when the list was saved on this page just now. */
  saved: SavedUpload | undefined
  back: string
  onAnother: () => void
}) {
  const styles = useStyles()
  const { t } = useTranslation(['licenses', 'refusals'])
  const formats = useFormats()
  const path = `${pathOf(customerId)}/user-uploads/${encodeURIComponent(uploadId)}`
  const isRunning = (state: UploadState | undefined) => (state?.status === 'running' ? 2_000 : false)
  const { data: state, error, refetch } = useRead(path, UploadStateShape, undefined, { refetchInterval: isRunning })
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!state) return <BlockSkeleton />
  const { status, rows, created, refused, withoutLicense, stoppedBecause } = state
  const done = created + refused
  const results = [
    t('uploading.created', { count: created }),
    ...(refused > 0 ? [t('uploading.refused', { count: refused })] : []),
    ...(withoutLicense > 0 ? [t('uploading.withoutLicense', { count: withoutLicense })] : []),
  ]
  return (
    <>
      <Section title={state.fileName}>
        <div className={styles.stack}>
          <div>
            <StatusBadge tone={tones[status]}>{t(`uploading.status.${status}`)}</StatusBadge>
          </div>
          {status === 'running' && (
            <>
              <ProgressBar value={done / rows} aria-label={t('uploading.progress', { done, rows })} />
              <p style={{ margin: 0 }} role="status">
                {t('uploading.progress', { done, rows })}. {t('uploading.progressBody')}
              </p>
            </>
          )}
          {status === 'stopped' && (
            <Notice tone="warning">
              {t('uploading.stopped', { reason: t(`refusals:${reasonOf(stoppedBecause)}`) })}
            </Notice>
          )}
          <FactList
            facts={[
              { label: t('uploading.rows'), value: <NumberText value={rows} /> },
              { label: t('uploading.result'), value: formats.list(results) },
            ]}
          />
          <div className={styles.buttons}>
            <AppLink href={back}>{t('uploading.back')}</AppLink>
            <Button onClick={onAnother}>{t('uploading.another')}</Button>
          </div>
        </div>
      </Section>
      {status !== 'running' && <UploadPasswords path={path} state={state} saved={saved} />}
      {status !== 'checked' && <UploadRows path={path} state={state} />}
    </>
  )
}

function reasonOf(name: string | null): RefusalName {
  return name !== null && name in refusals ? (name as RefusalName) : 'accessDenied'
}
