import { makeStyles, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { useMaybeSession } from '../../session.ts'
import { useRoleNames } from '../customers/RoleNames.tsx'
import type { Offer } from './offer.ts'

const useStyles = makeStyles({
  heading: { margin: '0 0 4px', fontSize: '16px', lineHeight: '22px', fontWeight: tokens.fontWeightSemibold },
  list: { margin: 0, paddingLeft: '20px', display: 'flex', flexDirection: 'column', gap: '4px' },
  note: { margin: '8px 0 0', color: tokens.colorNeutralForeground2 },
})

/** What accepting allows, in plain words. */
export function AskedFor({ offer }: { offer: Offer }) {
  const styles = useStyles()
  const { t } = useTranslation('relationships')
  const roleName = useRoleNames()
  const session = useMaybeSession()
  const provider = offer.provider.name
  const customer = session?.organization.kind === 'customer' ? session.organization.name : undefined
  return (
    <section aria-label={t('landing.what')}>
      <h2 className={styles.heading}>{t('landing.what')}</h2>
      <ul className={styles.list}>
        <li>{customer ? t('landing.sell', { provider, customer }) : t('landing.sellAnonymous', { provider })}</li>
        {offer.reseller && <li>{t('landing.manage', { reseller: offer.reseller.name, provider })}</li>}
        {offer.privileges && (
          <li>
            {t('landing.privileges', { provider, days: offer.privileges.days })}
            <ul className={styles.list}>
              {offer.privileges.roles.map((role) => (
                <li key={role}>{roleName(role)}</li>
              ))}
            </ul>
          </li>
        )}
      </ul>
      {!offer.privileges && <p className={styles.note}>{t('landing.noPrivileges')}</p>}
      <p className={styles.note}>{t('landing.others')}</p>
    </section>
  )
}
