import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { ApiRefusal } from '../api.ts'
import { requestIdOf, useErrorText } from './errors.ts'
import { EmptyState } from './EmptyState.tsx'
import { IdText } from './IdText.tsx'
import { Notice } from './Notice.tsx'

const useStyles = makeStyles({
  id: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '8px',
    flexWrap: 'wrap',
    color: tokens.colorNeutralForeground2,
  },
})

function RequestId({ error }: { error: unknown }) {
  const styles = useStyles()
  const { t } = useTranslation()
  const id = requestIdOf(error)
  if (!id) return null
  return (
    <span className={styles.id}>
      {t('error.requestId')}: <IdText id={id} name={t('error.requestId')} whole />
    </span>
  )
}

/** What could not be loaded, in the place where it would be: sentence, request id, Retry. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation()
  const text = useErrorText()
  const notFound = error instanceof ApiRefusal && error.status === 404
  return (
    <div role="alert">
      <EmptyState
        picture={notFound ? 'search' : 'trouble'}
        title={text(error)}
        actions={onRetry && !notFound && <Button onClick={onRetry}>{t('action.retry')}</Button>}
      >
        <RequestId error={error} />
      </EmptyState>
    </div>
  )
}

/** Why an action did not work, above the form or in the dialog it belongs to. What was typed stays. */
export function ErrorBar({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation()
  const text = useErrorText()
  if (!error) return null
  const stale = error instanceof ApiRefusal && error.refusal === 'stale'
  return (
    <Notice
      tone="error"
      live
      {...(stale ? { title: t('stale.title') } : {})}
      actions={
        onRetry && (
          <Button size="small" onClick={onRetry}>
            {stale ? t('action.reload') : t('action.retry')}
          </Button>
        )
      }
    >
      {stale ? t('stale.body') : text(error)}
      <div>
        <RequestId error={error} />
      </div>
    </Notice>
  )
}
