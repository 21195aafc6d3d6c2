import { Button, Link, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { ArrowDownloadRegular } from '@fluentui/react-icons/svg/arrow-download'
import { LockClosedRegular } from '@fluentui/react-icons/svg/lock-closed'
import { useTranslation } from 'react-i18next'
import { usePagedList } from '../../query.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { InstantText } from '../../ui/formats.tsx'
import { media } from '../../ui/screen.ts'
import { BlockSkeleton } from '../../ui/Skeletons.tsx'
import { MessageRow, requestPath, type ThreadMessage } from './service-request.ts'
import { SizeText } from './SizeText.tsx'

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '12px' },
  message: {
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    padding: '12px 16px',
    marginRight: '48px',
    [media.phone]: { marginRight: 0 },
  },
  own: {
    marginRight: 0,
    marginLeft: '48px',
    background: tokens.colorBrandBackground2,
    border: `1px solid ${tokens.colorBrandStroke2}`,
    [media.phone]: { marginLeft: 0 },
  },
  inner: { background: tokens.colorNeutralBackground3, border: `1px dashed ${tokens.colorNeutralStroke1}` },
  head: { display: 'flex', flexWrap: 'wrap', gap: '2px 8px', alignItems: 'baseline', marginBottom: '4px' },
  author: { fontWeight: tokens.fontWeightSemibold },
  meta: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  kind: { display: 'flex', gap: '4px', alignItems: 'center', fontSize: tokens.fontSizeBase200, marginBottom: '4px' },
  body: { margin: 0, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  files: { listStyleType: 'none', margin: '8px 0 0', padding: 0, display: 'flex', flexDirection: 'column', gap: '4px' },
  file: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center' },
  download: { display: 'inline-flex', gap: '4px', alignItems: 'center', overflowWrap: 'anywhere', minHeight: '24px' },
  earlier: { marginBottom: '12px' },
})

/** The messages of a request, oldest first; earlier ones are fetched when asked for. New ones come by themselves. */
export function Thread({ customerId, id }: { customerId: string; id: string }) {
  const styles = useStyles()
  const { t } = useTranslation('support')
  const path = requestPath(customerId, id)
  const list = usePagedList(`${path}/messages`, MessageRow, { size: 30 }, { refetchInterval: 60_000 })
  if (list.error && list.rows.length === 0) return <ErrorState error={list.error} onRetry={list.retry} />
  if (list.isLoading) return <BlockSkeleton lines={6} />
  if (list.rows.length === 0) return <p>{t('detail.noMessages')}</p>
  return (
    <>
      {list.hasMore && (
        <Button className={styles.earlier} size="small" disabledFocusable={list.isLoadingMore} onClick={list.loadMore}>
          {t('detail.earlier')}
        </Button>
      )}
      <ol className={styles.list}>
        {list.rows.toReversed().map((message) => (
          <li key={message.id}>
            <One message={message} path={path} />
          </li>
        ))}
      </ol>
    </>
  )
}

function One({ message, path }: { message: ThreadMessage; path: string }) {
  const styles = useStyles()
  const { t } = useTranslation('support')
  const { kind, author, own, at, body, attachments } = message
  return (
    <article className={mergeClasses(styles.message, own && styles.own, kind !== 'reply' && styles.inner)}>
      <div className={styles.head}>
        <span className={styles.author}>{author.name}</span>
        <span className={styles.meta}>
          {author.organization} · <InstantText at={at} />
        </span>
      </div>
      {kind !== 'reply' && (
        <div className={styles.kind}>
          <LockClosedRegular aria-hidden />
          <strong>{t(kind === 'note' ? 'detail.internal' : 'detail.escalation')}</strong>
          <span>{t(kind === 'note' ? 'detail.internalHint' : 'detail.escalationHint')}</span>
        </div>
      )}
      <p className={styles.body}>{body}</p>
      {attachments.length > 0 && (
        <ul className={styles.files}>
          {attachments.map((file) => (
            <li key={file.id} className={styles.file}>
              <Link
                className={styles.download}
                href={`${path}/attachments/${file.id}`}
                download={file.fileName}
                aria-label={t('detail.download', { name: file.fileName })}
              >
                <ArrowDownloadRegular aria-hidden />
                {file.fileName}
              </Link>
              <SizeText bytes={file.sizeBytes} />
            </li>
          ))}
        </ul>
      )}
    </article>
  )
}
