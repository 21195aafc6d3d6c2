import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { links } from '../../links.ts'
import { useSession } from '../../session.ts'
import { useGo } from '../../ui/AppLink.tsx'
import { LinkTabs } from '../../ui/LinkTabs.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useUrlState } from '../../ui/useUrlState.ts'
import { DraftMessage } from './DraftMessage.tsx'
import { OptionsForm } from './OptionsForm.tsx'
import type { Draft } from './request.ts'
import { RequestsList } from './RequestsList.tsx'

/** Asks a company that has its own tenant for a reseller relationship: what is asked for, then the message with its link. */
export function RelationshipRequestPage() {
  const { t } = useTranslation(['relationships', 'customers'])
  const { organization } = useSession()
  const go = useGo()
  const [url] = useUrlState({ tab: ['new', 'requests'], reseller: '', provider: '', privileges: '' })
  const [draft, setDraft] = useState<Draft>()
  const requests = links.relationshipRequest({ tab: 'requests' })
  return (
    <Page
      title={organization.kind === 'reseller' ? t('request.titleInvite') : t('request.title')}
      lead={t('request.lead')}
      breadcrumb={[{ label: t('customers:title'), href: links.customers() }]}
      narrow={url.tab === 'new'}
    >
      <LinkTabs
        label={t('request.tabs')}
        current={url.tab}
        tabs={[
          { key: 'new', label: t('request.tabNew'), href: links.relationshipRequest() },
          { key: 'requests', label: t('request.tabPending'), href: requests },
        ]}
      />
      {url.tab === 'requests' ? (
        <RequestsList />
      ) : draft ? (
        <Section title={t('request.message')}>
          <DraftMessage
            key={draft.id}
            draft={draft}
            onDone={() => {
              toast({ text: t('request.listed') })
              go(requests)
            }}
            onAgain={() => setDraft(undefined)}
          />
        </Section>
      ) : (
        <Section title={t('request.options')}>
          <OptionsForm
            given={{ resellerId: url.reseller, providerId: url.provider, includePrivileges: url.privileges === '1' }}
            onWritten={setDraft}
          />
        </Section>
      )}
    </Page>
  )
}
