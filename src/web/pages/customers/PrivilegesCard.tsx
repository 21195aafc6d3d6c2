import { makeStyles, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { FactList } from '../../ui/FactList.tsx'
import { InstantText } from '../../ui/formats.tsx'
import { Section } from '../../ui/Page.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import type { Account } from './customer.ts'
import { DomainText } from './DomainText.tsx'
import { RoleNames } from './RoleNames.tsx'

const useStyles = makeStyles({
  note: { margin: '0 0 12px', color: tokens.colorNeutralForeground2 },
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '16px' },
  name: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '8px',
    alignItems: 'center',
    marginBottom: '8px',
    overflowWrap: 'anywhere',
  },
})

const tones = { active: 'success', expired: 'warning', terminated: 'neutral' } as const

/** The delegated admin privileges that a customer granted to the reader's organization. */
export function PrivilegesCard({ privileges }: { privileges: Account['adminRelationships'] }) {
  const styles = useStyles()
  const { t } = useTranslation('customers')
  return (
    <Section title={t('privilegesCard.title')}>
      <p className={styles.note}>{privileges.length === 0 ? t('privilegesCard.empty') : t('privilegesCard.lead')}</p>
      <ul className={styles.list}>
        {privileges.map((one) => (
          <li key={one.id}>
            <div className={styles.name}>
              <strong>
                <DomainText name={one.name} />
              </strong>
              <StatusBadge tone={tones[one.status]}>{t(`privilegesCard.status.${one.status}`)}</StatusBadge>
            </div>
            <FactList
              facts={[
                { label: t('privilegesCard.roles'), value: <RoleNames roles={one.roles} /> },
                { label: t('privilegesCard.until'), value: <InstantText at={one.endsAt} dayOnly /> },
              ]}
            />
          </li>
        ))}
      </ul>
    </Section>
  )
}
