import { useTranslation } from 'react-i18next'
import { links } from '../../links.ts'
import { usePermission, useSession } from '../../session.ts'
import { LinkTabs } from '../../ui/LinkTabs.tsx'

export type PartnershipTab = 'active' | 'pending' | 'ended'

/** Active · Pending requests · Ended: lists about one thing, each with an address of its own. A reseller sends no requests. */
export function PartnershipTabs({ tab }: { tab: PartnershipTab }) {
  const { t } = useTranslation('partnerships')
  const provider = useSession().organization.kind === 'provider'
  const mayRequest = usePermission('partnerships.request')
  const list = provider ? links.resellers : links.providers
  return (
    <LinkTabs
      label={t('tabs.label')}
      current={tab}
      tabs={[
        { key: 'active', label: t('tabs.active'), href: list() },
        ...(mayRequest
          ? [{ key: 'pending' as const, label: t('tabs.pending'), href: links.partnershipRequests() }]
          : []),
        { key: 'ended', label: t('tabs.ended'), href: list({ state: 'ended' }) },
      ]}
    />
  )
}
