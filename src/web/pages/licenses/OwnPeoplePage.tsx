import { PeopleListRegular } from '@fluentui/react-icons/svg/people-list'
import { PersonAddRegular } from '@fluentui/react-icons/svg/person-add'
import { ShieldKeyholeRegular } from '@fluentui/react-icons/svg/shield-keyhole'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { links } from '../../links.ts'
import { useSession } from '../../session.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { BlockSkeleton } from '../../ui/Skeletons.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { SecondFactorDialog } from '../users/SecondFactorDialog.tsx'
import { useAccess } from './people.ts'
import { PeopleList } from './PeopleList.tsx'

/** A customer's own users and licenses, for its global admins. */
export function OwnPeoplePage() {
  const { t } = useTranslation(['licenses', 'users', 'common'])
  const { organization } = useSession()
  const { data, error, refetch } = useAccess(organization.id)
  const [adding, setAdding] = useState(false)
  const [factor, setFactor] = useState(false)
  const required = organization.secondFactorRequired
  return (
    <Page
      title={t('title')}
      lead={t('leadOwn', { organization: organization.name })}
      badges={required && <StatusBadge tone="success">{t('users:factor.required')}</StatusBadge>}
      primary={{ key: 'add', label: t('add'), icon: <PersonAddRegular />, onPress: () => setAdding(true) }}
      commands={[
        { key: 'upload', label: t('upload'), icon: <PeopleListRegular />, href: links.userUpload() },
        {
          key: 'factor',
          label: required ? t('users:factor.stop') : t('users:factor.require'),
          icon: <ShieldKeyholeRegular />,
          onPress: () => setFactor(true),
        },
      ]}
      banner={
        data?.globalAdmins === 1 ? (
          <Notice tone="warning" title={t('users:onlyOne.title')}>
            {t('users:onlyOne.body')}
          </Notice>
        ) : undefined
      }
    >
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <PeopleList
          access={data}
          href={(tab) => links.users(tab === 'active' ? {} : { tab })}
          adding={adding}
          onAdding={setAdding}
        />
      ) : (
        <BlockSkeleton />
      )}
      {factor && <SecondFactorDialog without={0} onClose={() => setFactor(false)} />}
    </Page>
  )
}
