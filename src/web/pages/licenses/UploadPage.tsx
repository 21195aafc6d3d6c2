import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { links } from '../../links.ts'
import { useSession } from '../../session.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { usePhone } from '../../ui/screen.ts'
import { BlockSkeleton } from '../../ui/Skeletons.tsx'
import { useUrlState } from '../../ui/useUrlState.ts'
import { CheckList } from './CheckList.tsx'
import { type SavedUpload, useAccess } from './people.ts'
import { SaveList } from './SaveList.tsx'
import { UploadResult } from './UploadResult.tsx'
import { useReasons } from './usePersonActions.ts'

/** Creates many users from a file: check, save, and passwords once. The address holds the list, so that one can come back to it. */
export function UploadPage() {
  const { organization } = useSession()
  const given = useParams({ strict: false }) as { customerId?: string }
  const isOwn = organization.kind === 'customer'
  const customerId = isOwn ? organization.id : (given.customerId ?? '')
  const { t } = useTranslation('licenses')
  const phone = usePhone()
  const { data: access, error, refetch } = useAccess(customerId)
  const [url, setUrl] = useUrlState({ list: '' })
  const [checked, setChecked] = useState<{ readonly uploadId: string; readonly rows: number }>()
  const [saved, setSaved] = useState<SavedUpload>()
  const reasonOf = useReasons()
  const back = isOwn ? links.users() : links.customerUsers(customerId)
  const barred = access && reasonOf(access.may.upload)
  return (
    <Page
      title={t('uploading.title')}
      lead={t('uploading.lead')}
      breadcrumb={[
        ...(isOwn || !access ? [] : [{ label: access.customer.name, href: links.customerSubscriptions(customerId) }]),
        { label: t('title'), href: back },
      ]}
    >
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !access ? (
        <BlockSkeleton />
      ) : barred ? (
        <EmptyState picture="lock" title={barred} />
      ) : url.list !== '' ? (
        <UploadResult
          key={url.list}
          customerId={customerId}
          uploadId={url.list}
          saved={saved}
          back={back}
          onAnother={() => {
            setChecked(undefined)
            setSaved(undefined)
            setUrl({ list: '' })
          }}
        />
      ) : (
        <>
          {phone && (
            <div style={{ marginBottom: '16px' }}>
              <Notice tone="info">{t('uploading.desktop')}</Notice>
            </div>
          )}
          <CheckList access={access} onChecked={setChecked} />
          {checked && (
            <SaveList
              key={checked.uploadId}
              customerId={customerId}
              {...checked}
              onSaved={(reply) => {
                setSaved(reply)
                setUrl({ list: checked.uploadId })
              }}
            />
          )}
        </>
      )}
    </Page>
  )
}
