import { useTranslation } from 'react-i18next'
import { NotificationPage } from '../../../features/notifications/wire.ts'
import { links } from '../../links.ts'
import { useRead } from '../../query.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { InstantText } from '../../ui/formats.tsx'
import { Section } from '../../ui/Page.tsx'
import { BlockSkeleton } from '../../ui/Skeletons.tsx'
import { useRowStyles } from './rows.ts'

/** The latest of the action center. */
export function OpenActions() {
  const styles = useRowStyles()
  const { t } = useTranslation('home')
  const { data, error, refetch } = useRead('/portal/v1/action-center', NotificationPage, { size: 5 })
  return (
    <Section title={t('open.title')}>
      {error && !data ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <BlockSkeleton lines={3} /> : null}
      {data?.items.length === 0 ? <p className={styles.empty}>{t('open.empty')}</p> : null}
      <ul className={styles.list}>
        {data?.items.map(({ id, text, link, createdAt }) => (
          <li key={id} className={styles.row}>
            <span className={styles.main}>
              <AppLink href={link}>{text}</AppLink>
              <span className={styles.second}>
                <InstantText at={createdAt} dayOnly />
              </span>
            </span>
          </li>
        ))}
      </ul>
      <AppLink className={styles.more} href={links.actionCenter()}>
        {t('open.all')}
      </AppLink>
    </Section>
  )
}
