import { makeStyles } from '@fluentui/react-components'
import { LinkRegular } from '@fluentui/react-icons/svg/link'
import { PersonMailRegular } from '@fluentui/react-icons/svg/person-mail'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { DirectoryProfile } from '../../../features/program/wire.ts'
import { api } from '../../api.ts'
import { links } from '../../links.ts'
import { refresh, useRead } from '../../query.ts'
import { useCopy } from '../../ui/CopyButton.tsx'
import { DetailColumns } from '../../ui/DetailColumns.tsx'
import { FactList } from '../../ui/FactList.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { ErrorPage } from '../../ui/problem-pages.tsx'
import { PageSkeleton } from '../../ui/Skeletons.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { newId } from '../../ui/useWrite.ts'
import { ProfileFacts } from '../directory/ProfileFacts.tsx'

/** The provider's own entry in the directory, to be read; who can change it is named. */
export function ProfilePage() {
  const { data, error, refetch } = useRead('/portal/v1/profile', DirectoryProfile)
  useReviewed(data !== undefined)
  if (data) return <Profile profile={data} />
  return error ? <ErrorPage error={error} reset={() => void refetch()} /> : <PageSkeleton />
}

/** Opening the page is the first step of the setup checklist. */
function useReviewed(shown: boolean): void {
  useEffect(() => {
    if (!shown) return
    api
      .send({ method: 'POST', path: '/portal/v1/home/profile-review' }, newId())
      .then(() => refresh('/portal/v1/home'))
      // The checklist shows the step as open; the page itself is not about it.
      .catch(() => {})
  }, [shown])
}

const useStyles = makeStyles({ hint: { margin: '0 0 12px' } })

function Profile({ profile }: { profile: DirectoryProfile }) {
  const styles = useStyles()
  const { t } = useTranslation('program')
  const { copy } = useCopy()
  const { representative } = profile
  const contact = representative && {
    key: 'contact',
    label: t('profile.contact'),
    icon: <PersonMailRegular />,
    onPress: () =>
      location.assign(
        `mailto:${representative.email}?subject=${encodeURIComponent(t('profile.mailSubject', { name: profile.name }))}`,
      ),
  }
  const copyLink = async () => {
    const address = `${location.origin}${links.directoryProfile(profile.providerId)}`
    if (await copy(address, t('profile.linkCopied'))) toast({ text: t('profile.linkCopied') })
  }
  return (
    <Page
      title={t('profile.title')}
      lead={t('profile.lead')}
      badges={
        <StatusBadge tone={profile.listed ? 'success' : 'warning'}>
          {profile.listed ? t('profile.listed') : t('profile.unlisted')}
        </StatusBadge>
      }
      primary={contact ?? undefined}
      commands={
        profile.listed
          ? [{ key: 'copy', label: t('profile.copyLink'), icon: <LinkRegular />, onPress: () => void copyLink() }]
          : []
      }
      banner={
        !profile.listed && (
          <Notice tone="warning" title={t('profile.notListed')}>
            {t('profile.notListedBody')}{' '}
            {profile.notListedReason && `${t('profile.reason')}: ${profile.notListedReason}`}
          </Notice>
        )
      }
    >
      <DetailColumns
        aside={
          <Section title={t('profile.representative')}>
            <p className={styles.hint}>{t('profile.readOnly')}</p>
            {representative ? (
              <FactList
                facts={[
                  { label: t('edit.representativeName'), value: representative.name },
                  { label: t('entry.email'), value: representative.email },
                  { label: t('entry.phone'), value: representative.phone },
                ]}
              />
            ) : (
              t('profile.noRepresentative')
            )}
          </Section>
        }
      >
        <ProfileFacts profile={profile} named />
      </DetailColumns>
    </Page>
  )
}
