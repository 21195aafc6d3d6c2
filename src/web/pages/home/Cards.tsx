import { makeStyles, mergeClasses, Skeleton, SkeletonItem, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import type { Card } from '../../../features/overview/rules.ts'
import type { Home } from '../../../features/overview/wire.ts'
import { links } from '../../links.ts'
import { useStayInside } from '../../ui/AppLink.tsx'
import { useFormats } from '../../ui/formats.tsx'
import { media } from '../../ui/screen.ts'

const useStyles = makeStyles({
  grid: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(176px, 1fr))',
    gap: '16px',
    margin: '0 0 16px',
    padding: 0,
    listStyleType: 'none',
    [media.phone]: { gridTemplateColumns: 'repeat(2, minmax(0, 1fr))', gap: '8px' },
  },
  card: {
    boxSizing: 'border-box',
    display: 'flex',
    flexDirection: 'column',
    gap: '4px',
    height: '100%',
    minHeight: '96px',
    padding: '16px',
    color: tokens.colorNeutralForeground1,
    background: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    textDecorationLine: 'none',
    [media.phone]: { padding: '12px' },
  },
  link: {
    '&:hover': { background: tokens.colorNeutralBackground1Hover, border: `1px solid ${tokens.colorBrandStroke1}` },
    '&:focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '1px' },
  },
  number: {
    fontSize: tokens.fontSizeHero700,
    lineHeight: tokens.lineHeightHero700,
    fontWeight: tokens.fontWeightSemibold,
    fontVariantNumeric: 'tabular-nums',
  },
  small: { fontSize: tokens.fontSizeBase500 },
  zero: { color: tokens.colorNeutralForeground3 },
  alarm: { color: tokens.colorStatusDangerForeground1 },
  label: { color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
})

/** Cards of which any number above zero is trouble. */
const alarming: readonly Card[] = ['failedProvisioning']

const addresses: Partial<Readonly<Record<Card, string>>> = {
  ordersToday: links.orders(),
  failedProvisioning: '#failures',
  renewals: links.renewals(),
  pendingInvitations: links.partnershipRequests(),
  customersWithoutAgreement: links.customers({ agreement: 'missing' }),
  customersWithoutReseller: links.customers({ reseller: 'none' }),
  resellers: links.resellers(),
  customers: links.customers(),
  sharedCustomers: links.customers(),
  sharedRenewals: links.renewals(),
  supportedSubscriptions: links.customers(),
  resoldSubscriptions: links.customers(),
  providers: links.providers(),
  mySubscriptions: links.mySubscriptions(),
  myRenewals: '#renewals',
  myPartners: links.myPartners(),
  programProviders: links.directory(),
  unlistedProfiles: links.directory(),
  offers: links.catalog(),
}

/** The numbers of the home page, each leading to what it counts. */
export function Cards({ cards }: { cards: Home['cards'] }) {
  const styles = useStyles()
  const { t } = useTranslation('home')
  if (cards.length === 0) return null
  return (
    <ul className={styles.grid} aria-label={t('numbers')}>
      {cards.map((card) => (
        <li key={card.card}>
          <NumberCard {...card} />
        </li>
      ))}
    </ul>
  )
}

function NumberCard({ card, count, more }: Home['cards'][number]) {
  const styles = useStyles()
  const { t } = useTranslation('home')
  const formats = useFormats()
  const address = count === 0 && addresses[card]?.startsWith('#') ? undefined : addresses[card]
  const stayInside = useStayInside(address ?? '')
  const number = formats.number(count)
  const content = (
    <>
      <span
        className={mergeClasses(
          styles.number,
          more && styles.small,
          count === 0 && styles.zero,
          count > 0 && alarming.includes(card) && styles.alarm,
        )}
      >
        {more ? t('more', { count: number }) : number}
      </span>
      <span className={styles.label}>{t(`card.${card}`)}</span>
    </>
  )
  if (address === undefined) return <div className={styles.card}>{content}</div>
  return (
    <a
      className={mergeClasses(styles.card, styles.link)}
      href={address}
      {...(address.startsWith('#') ? {} : { onClick: stayInside })}
    >
      {content}
    </a>
  )
}

/** The numbers on their way, in the same grid. */
export function CardsSkeleton() {
  const styles = useStyles()
  const { t } = useTranslation()
  return (
    <Skeleton className={styles.grid} aria-busy="true" aria-label={t('loading')}>
      {Array.from({ length: 6 }, (_, place) => (
        <div key={place} className={styles.card}>
          <SkeletonItem size={36} style={{ width: '48px' }} />
          <SkeletonItem size={16} style={{ width: '70%' }} />
        </div>
      ))}
    </Skeleton>
  )
}
