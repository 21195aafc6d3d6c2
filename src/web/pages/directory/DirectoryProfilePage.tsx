import { EditRegular } from '@fluentui/react-icons/svg/edit'
import { LinkRegular } from '@fluentui/react-icons/svg/link'
import { MailRegular } from '@fluentui/react-icons/svg/mail'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { DirectoryProfile } from '../../../features/program/wire.ts'
import { links } from '../../links.ts'
import { useRead } from '../../query.ts'
import { usePermission, useSession } from '../../session.ts'
import { useCopy } from '../../ui/CopyButton.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { ErrorPage } from '../../ui/problem-pages.tsx'
import { PageSkeleton } from '../../ui/Skeletons.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { ProfileFacts } from './ProfileFacts.tsx'

/** One provider in the directory. */
export function DirectoryProfilePage() {
  const { providerId = '' } = useParams({ strict: false }) as { providerId?: string }
  const { data, error, refetch } = useRead(`/portal/v1/directory/${providerId}`, DirectoryProfile)
  if (data) return <Profile profile={data} />
  return error ? <ErrorPage error={error} reset={() => void refetch()} /> : <PageSkeleton />
}

function Profile({ profile }: { profile: DirectoryProfile }) {
  const { t } = useTranslation('program')
  const { organization } = useSession()
  const mayEdit = usePermission('directory.edit')
  const { copy } = useCopy()
  const operator = organization.kind === 'operator'
  const copyLink = async () => {
    const address = `${location.origin}${links.directoryProfile(profile.providerId)}`
    if (await copy(address, t('profile.linkCopied'))) toast({ text: t('profile.linkCopied') })
  }
  return (
    <Page
      title={profile.name}
      breadcrumb={[{ label: operator ? t('directory.operatorTitle') : t('directory.title'), href: links.directory() }]}
      badges={
        operator ? (
          <StatusBadge tone={profile.listed ? 'success' : 'neutral'}>
            {profile.listed ? t('profile.listed') : t('profile.unlisted')}
          </StatusBadge>
        ) : (
          <StatusBadge tone={profile.inRegion ? 'success' : 'neutral'}>
            {profile.inRegion ? t('directory.inRegion') : t('directory.otherRegion')}
          </StatusBadge>
        )
      }
      primary={
        mayEdit
          ? {
              key: 'edit',
              label: t('directory.edit'),
              icon: <EditRegular />,
              href: links.directoryEdit(profile.providerId),
            }
          : profile.contactEmail
            ? {
                key: 'contact',
                label: t('directory.contact'),
                icon: <MailRegular />,
                onPress: () => location.assign(`mailto:${profile.contactEmail}`),
              }
            : undefined
      }
      commands={[{ key: 'copy', label: t('profile.copyLink'), icon: <LinkRegular />, onPress: () => void copyLink() }]}
      banner={
        organization.kind === 'reseller' && !profile.inRegion ? (
          <Notice tone="warning">{t('directory.otherRegionBody')}</Notice>
        ) : undefined
      }
    >
      <ProfileFacts profile={profile} />
    </Page>
  )
}
