import { makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { DateText, useFormats } from '../../ui/formats.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import type { ActPreview, SubscriptionListItem } from './subscription.ts'

const useStyles = makeStyles({
  sub: {
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  stack: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: '2px', minWidth: 0 },
})

type Shown = Pick<
  SubscriptionListItem,
  'term' | 'billingPlan' | 'status' | 'autoRenew' | 'endOn' | 'kind' | 'unitRetail' | 'currency'
>

type Plan = NonNullable<ActPreview['nextTerm']>

/** How a subscription's facts are said. Needs the texts `subscriptions`. */
export function useSubscriptionTexts() {
  const { t } = useTranslation('subscriptions')
  const formats = useFormats()
  return {
    termAndPlan: ({ term, billingPlan }: Pick<Shown, 'term' | 'billingPlan'>) =>
      t('termAndPlan', { term: t(`term.${term || 'none'}`), plan: t(`billingPlan.${billingPlan || 'none'}`) }),
    /** What happens at the end of the term; undefined where there is none, or it is over. */
    endText: ({ status, autoRenew, endOn }: Pick<Shown, 'status' | 'autoRenew' | 'endOn'>) => {
      if (endOn === null || !['pending', 'active', 'suspended', 'renewing'].includes(status)) return undefined
      const date = formats.date(endOn)
      return autoRenew ? t('renewsOn', { date }) : t('endsOn', { date })
    },
    /** How many days are left of what has ended; undefined of what has not. */
    leftText: ({ status, daysLeft }: Pick<SubscriptionListItem, 'status' | 'daysLeft'>) =>
      daysLeft === null || status === 'deleted'
        ? undefined
        : status === 'expired'
          ? t('daysLeft.use', { count: daysLeft })
          : t('daysLeft.data', { count: daysLeft }),
    /** The next term as it is planned, in a line. */
    plan: ({ title, quantity, term, billingPlan, endOn }: Plan) => {
      const what = t('plan.line', {
        title,
        count: quantity,
        term: t(`term.${term || 'none'}`),
        plan: t(`billingPlan.${billingPlan || 'none'}`),
      })
      return endOn === null ? what : t('plan.lineEnds', { what, date: formats.date(endOn) })
    },
    price: ({ unitRetail, currency }: Pick<Shown, 'unitRetail' | 'currency'>) =>
      unitRetail === undefined ? undefined : formats.unitPrice(unitRetail, currency),
  }
}

/** A reseller with its MPN ID, and a flag when the partnership has ended. */
export function ResellerText({ reseller }: { reseller: SubscriptionListItem['reseller'] }): ReactNode {
  const styles = useStyles()
  const { t } = useTranslation('subscriptions')
  if (!reseller) return t('none')
  return (
    <span className={styles.stack}>
      {reseller.name}
      <span className={styles.sub}>{reseller.partnerId}</span>
      {!reseller.partnershipActive && <StatusBadge tone="warning">{t('endedPartnership')}</StatusBadge>}
    </span>
  )
}

/** Name and friendly name, one below the other. */
export function NameText({ title, friendlyName }: { title: ReactNode; friendlyName: string }) {
  const styles = useStyles()
  return (
    <span className={styles.stack}>
      {title}
      {friendlyName && <span className={styles.sub}>{friendlyName}</span>}
    </span>
  )
}

/** A day in a smaller, quieter line. */
export function QuietDay({ children, day }: { children: string; day: string }) {
  const styles = useStyles()
  return (
    <span className={styles.sub}>
      {children} <DateText day={day} />
    </span>
  )
}

/** A quieter line. */
export function Quiet({ children }: { children: ReactNode }) {
  return <span className={useStyles().sub}>{children}</span>
}
