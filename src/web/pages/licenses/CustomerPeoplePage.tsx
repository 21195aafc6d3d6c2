import { PersonAddRegular } from '@fluentui/react-icons/svg/person-add'
import { PeopleListRegular } from '@fluentui/react-icons/svg/people-list'
import { tokens } from '@fluentui/react-components'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { links } from '../../links.ts'
import type { Action } from '../../ui/actions.tsx'
import { AppLink } from '../../ui/AppLink.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { BlockSkeleton } from '../../ui/Skeletons.tsx'
import { CustomerLayout } from '../customers/CustomerLayout.tsx'
import { isShut, useAccess } from './people.ts'
import { PeopleList } from './PeopleList.tsx'
import { useReasons } from './usePersonActions.ts'

/** A customer's users and licenses, for a partner. Without a privilege the page says who can grant one. */
export function CustomerPeoplePage() {
  const { customerId } = useParams({ strict: false }) as { customerId: string }
  const { t } = useTranslation(['licenses', 'common'])
  const access = useAccess(customerId)
  const [adding, setAdding] = useState(false)
  const reasonOf = useReasons()
  const { data, error, refetch } = access
  const add: Action | undefined = data && {
    key: 'add',
    label: t('add'),
    icon: <PersonAddRegular />,
    onPress: () => setAdding(true),
    disabledBecause: reasonOf(data.may.manage),
  }
  const upload: Action | undefined = data && {
    key: 'upload',
    label: t('upload'),
    icon: <PeopleListRegular />,
    href: links.customerUserUpload(customerId),
    disabledBecause: reasonOf(data.may.upload),
  }
  const shut = data && isShut(data)
  return (
    <CustomerLayout
      customerId={customerId}
      tab="users"
      primary={shut ? undefined : add}
      commands={upload && !shut ? [upload] : []}
    >
      {() =>
        error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : !data ? (
          <BlockSkeleton />
        ) : shut ? (
          <EmptyState
            picture="lock"
            title={t('noAccess.title')}
            actions={<AppLink href={links.customerAccount(customerId)}>{t('noAccess.link')}</AppLink>}
          >
            {t('noAccess.body', { customer: data.customer.name })}
          </EmptyState>
        ) : data.may.read !== null ? (
          <EmptyState picture="lock" title={t('readBarred.title')}>
            {t('readBarred.body')}
          </EmptyState>
        ) : (
          <>
            <p style={{ margin: '0 0 16px', maxWidth: '720px', color: tokens.colorNeutralForeground2 }}>
              {t('lead', { customer: data.customer.name })}
            </p>
            <PeopleList
              access={data}
              href={(tab) => links.customerUsers(customerId, tab === 'active' ? {} : { tab })}
              adding={adding}
              onAdding={setAdding}
            />
          </>
        )
      }
    </CustomerLayout>
  )
}
