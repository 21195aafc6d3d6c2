import { useTranslation } from 'react-i18next'
import { ActivityPage } from '../../../features/audit/wire.ts'
import { links } from '../../links.ts'
import { useRead } from '../../query.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Section } from '../../ui/Page.tsx'
import { BlockSkeleton } from '../../ui/Skeletons.tsx'
import { Timeline } from '../../ui/Timeline.tsx'
import { useRowStyles } from './rows.ts'

/** The latest of the activity log, as far as the person may read it. */
export function RecentActivity() {
  const styles = useRowStyles()
  const { t } = useTranslation(['home', 'activity'])
  const { data, error, refetch } = useRead('/portal/v1/activity', ActivityPage, { size: 6 })
  return (
    <Section title={t('activity.title')}>
      {error && !data ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <BlockSkeleton lines={5} /> : null}
      {data?.items.length === 0 ? <p className={styles.empty}>{t('activity.empty')}</p> : null}
      {data && data.items.length > 0 ? (
        <Timeline
          entries={data.items.map((record) => ({
            key: record.id,
            at: record.at,
            title: t(`activity:action.${record.action}`),
            who: record.performedBy.name,
            onBehalfOf: record.onBehalfOf ?? undefined,
            detail: record.customer?.name,
          }))}
        />
      ) : null}
      <AppLink className={styles.more} href={links.activity()}>
        {t('activity.all')}
      </AppLink>
    </Section>
  )
}
