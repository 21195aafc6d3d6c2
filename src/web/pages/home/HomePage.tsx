import { makeStyles, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { Home } from '../../../features/overview/wire.ts'
import { useRead } from '../../query.ts'
import { usePermission, useSession } from '../../session.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { media } from '../../ui/screen.ts'
import { Cards, CardsSkeleton } from './Cards.tsx'
import { Failures } from './Failures.tsx'
import { OpenActions } from './OpenActions.tsx'
import { RecentActivity } from './RecentActivity.tsx'
import { Renewals } from './Renewals.tsx'
import { SetupChecklist } from './SetupChecklist.tsx'

const useStyles = makeStyles({
  columns: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 3fr) minmax(0, 2fr)',
    gap: tokens.spacingHorizontalL,
    alignItems: 'start',
    [media.tablet]: { gridTemplateColumns: 'minmax(0, 1fr)', gap: 0 },
  },
})

/** What a person comes back to: for a new provider the setup steps, for everybody else what needs them today. */
export function HomePage() {
  const styles = useStyles()
  const { t } = useTranslation('home')
  const { organization } = useSession()
  const seesActivity = usePermission('activity.read_own')
  const { data: home, error, refetch } = useRead('/portal/v1/home', Home)
  const isNew = home?.checklist?.slice(1).every(({ done }) => !done) ?? false
  const isSetUp = home?.checklist?.every(({ done }) => done) ?? true

  return (
    <Page title={t('title')} lead={t(`lead.${organization.kind}`, { organization: organization.name })}>
      {error && !home ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {!home && !error ? <CardsSkeleton /> : null}
      {home && !isSetUp && home.checklist ? <SetupChecklist steps={home.checklist} /> : null}
      {home && !isNew ? (
        <>
          <Cards cards={home.cards} />
          <div className={styles.columns}>
            <div>
              {home.failures && home.failures.length > 0 ? <Failures failures={home.failures} /> : null}
              {home.renewals ? <Renewals renewals={home.renewals} /> : null}
              {organization.kind !== 'provider' && seesActivity ? <RecentActivity /> : null}
            </div>
            <div>
              <OpenActions />
              {organization.kind === 'provider' && seesActivity ? <RecentActivity /> : null}
            </div>
          </div>
        </>
      ) : null}
    </Page>
  )
}
