import { makeStyles, Tab, TabList } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { links } from '../../links.ts'
import { usePermission } from '../../session.ts'
import { useGo } from '../../ui/AppLink.tsx'

const useStyles = makeStyles({ tabs: { margin: '0 -10px 12px', overflowX: 'auto' } })

export type PartnershipTab = 'active' | 'pending' | 'ended'

/** Active · Pending requests · Ended: three lists about one thing. Each has an address of its own. */
export function PartnershipTabs({ tab }: { tab: PartnershipTab }) {
  const styles = useStyles()
  const { t } = useTranslation('partnerships')
  const go = useGo()
  const mayRequest = usePermission('partnerships.request')
  const addresses: Readonly<Record<PartnershipTab, string>> = {
    active: links.resellers(),
    pending: links.partnershipRequests(),
    ended: links.resellers({ state: 'ended' }),
  }
  return (
    <TabList
      className={styles.tabs}
      selectedValue={tab}
      aria-label={t('tabs.label')}
      onTabSelect={(_, { value }) => go(addresses[value as PartnershipTab])}
    >
      <Tab value="active">{t('tabs.active')}</Tab>
      {mayRequest && <Tab value="pending">{t('tabs.pending')}</Tab>}
      <Tab value="ended">{t('tabs.ended')}</Tab>
    </TabList>
  )
}
