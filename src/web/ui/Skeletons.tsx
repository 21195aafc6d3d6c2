import { makeStyles, Skeleton, SkeletonItem } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { media } from './screen.ts'

const useStyles = makeStyles({
  page: {
    maxWidth: '1440px',
    margin: '0 auto',
    padding: '24px',
    display: 'flex',
    flexDirection: 'column',
    gap: '16px',
    [media.phone]: { padding: '16px' },
  },
  title: { width: 'min(320px, 60%)' },
  crumb: { width: 'min(180px, 40%)' },
  lines: { display: 'flex', flexDirection: 'column', gap: '12px' },
})

/** A page on its way, in the layout it will have. */
export function PageSkeleton() {
  const styles = useStyles()
  const { t } = useTranslation()
  return (
    <Skeleton className={styles.page} aria-busy="true" aria-label={t('loading')}>
      <SkeletonItem className={styles.crumb} size={16} />
      <SkeletonItem className={styles.title} size={28} />
      <SkeletonLines lines={8} />
    </Skeleton>
  )
}

/** Lines of text on their way, inside a Skeleton or alone. */
export function SkeletonLines({ lines = 3 }: { lines?: number }) {
  const styles = useStyles()
  return (
    <div className={styles.lines}>
      {Array.from({ length: lines }, (_, line) => (
        <SkeletonItem key={line} size={16} style={{ width: `${96 - ((line * 23) % 40)}%` }} />
      ))}
    </div>
  )
}

/** Facts or a form on their way: the same height as what comes, given in lines. */
export function BlockSkeleton({ lines = 4 }: { lines?: number }) {
  const { t } = useTranslation()
  return (
    <Skeleton aria-busy="true" aria-label={t('loading')}>
      <SkeletonLines lines={lines} />
    </Skeleton>
  )
}
