import { makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { links } from '../../links.ts'
import { type Action, ActionButton } from '../../ui/actions.tsx'
import { useFormats } from '../../ui/formats.tsx'
import { Section } from '../../ui/Page.tsx'
import { media, usePhone } from '../../ui/screen.ts'
import { ActDialog } from './ActDialog.tsx'
import type { SubscriptionDetail } from './subscription.ts'
import { SuspendDialog } from './SuspendDialog.tsx'
import { useSubscriptionTexts } from './useSubscriptionTexts.tsx'
import { type ManagedAct, useWhyNot } from './useWhyNot.ts'

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  item: {
    display: 'grid',
    gridTemplateColumns: 'minmax(180px, 240px) 1fr',
    gap: '4px 16px',
    alignItems: 'center',
    padding: '8px 0',
    ':not(:last-child)': { borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
    [media.phone]: { gridTemplateColumns: '1fr', '& > button, & > a, & > span': { minHeight: '44px' } },
  },
  button: { justifyContent: 'flex-start', width: '100%' },
  effect: { color: tokens.colorNeutralForeground2, minWidth: 0 },
  why: { color: tokens.colorNeutralForeground3, minWidth: 0 },
})

type Dialog = 'cancel' | 'suspend' | 'reactivate' | 'autoRenew' | 'removePlan'

interface Row extends Action {
  /** What it does, in a sentence; or why it is not possible. */
  readonly effect: string
}

/** What can be done with the subscription: each act on its own, with what it does, or why it is not possible now. */
export function ManageSection({ subscription }: { subscription: SubscriptionDetail }) {
  const styles = useStyles()
  const { t } = useTranslation('subscriptions')
  const phone = usePhone()
  const [open, setOpen] = useState<Dialog>()
  const rows = useRows(subscription, setOpen)
  const close = () => setOpen(undefined)
  return (
    <Section title={t('manage.title')}>
      <ul className={styles.list}>
        {rows.map(({ effect, ...action }) => (
          <li key={action.key} className={styles.item}>
            <ActionButton action={action} className={styles.button} />
            {/* On a phone the button itself says why not. */}
            {!(phone && action.disabledBecause) && (
              <span className={action.disabledBecause ? styles.why : styles.effect}>
                {action.disabledBecause ?? effect}
              </span>
            )}
          </li>
        ))}
      </ul>
      {open === 'suspend' && <SuspendDialog subscription={subscription} onClose={close} />}
      {open && open !== 'suspend' && <SmallAct subscription={subscription} which={open} onClose={close} />}
    </Section>
  )
}

function useRows(s: SubscriptionDetail, open: (dialog: Dialog) => void): readonly Row[] {
  const { t } = useTranslation('subscriptions')
  const why = useWhyNot(s)
  const texts = useSubscriptionTexts()
  const formats = useFormats()
  const row = (
    key: string,
    act: ManagedAct,
    dialog: Dialog,
    more: { label: string; effect: string; danger?: boolean },
  ): Row => ({
    key,
    onPress: () => open(dialog),
    disabledBecause: why(act),
    ...more,
  })
  const turn = s.autoRenew ? 'autoRenewOff' : 'autoRenewOn'
  const isSuspended = s.status === 'suspended'
  const isOver = ['expired', 'disabled', 'canceled', 'deleted'].includes(s.status)
  return [
    row('autoRenew', 'setAutoRenew', 'autoRenew', { label: t(`act.${turn}.label`), effect: t(`act.${turn}.lead`) }),
    {
      key: 'renewal',
      label: t('act.renewal.label'),
      effect: s.scheduledChange
        ? `${t('plan.by', { who: s.scheduledChange.by, at: formats.instant(s.scheduledChange.since) })} ${texts.plan(s.scheduledChange)}`
        : t('act.renewal.lead'),
      href: links.subscriptionRenewal(s.customer.id, s.id),
      disabledBecause: why('scheduleChange'),
    },
    ...(s.scheduledChange
      ? [
          row('removePlan', 'scheduleChange', 'removePlan', {
            label: t('act.removePlan.label'),
            effect: t('act.removePlan.lead'),
          }),
        ]
      : []),
    ...(s.kind === 'trial'
      ? [
          {
            key: 'convert',
            label: t('act.convert.label'),
            effect: t('act.convert.effect'),
            href: links.subscriptionConversion(s.customer.id, s.id),
            disabledBecause: why('convertTrial'),
          },
        ]
      : [
          {
            key: 'upgrade',
            label: t('action.upgrade'),
            effect: t('act.upgrade.effect'),
            href: links.subscriptionUpgrade(s.customer.id, s.id),
            disabledBecause: why('upgrade'),
          },
        ]),
    isSuspended || isOver
      ? row('reactivate', 'reactivate', 'reactivate', {
          label: t('act.reactivate.label'),
          effect: t('act.reactivate.lead'),
        })
      : row('suspend', 'suspend', 'suspend', {
          label: t('act.suspend.label'),
          effect: t('act.suspend.lead'),
          danger: true,
        }),
    row('cancel', 'cancel', 'cancel', {
      label: t('act.cancel.label'),
      effect:
        s.cancelUntil === null
          ? t('act.cancel.lead')
          : t('act.cancel.until', { until: formats.instant(s.cancelUntil) }),
      danger: true,
    }),
  ]
}

function SmallAct({
  subscription,
  which,
  onClose,
}: {
  subscription: SubscriptionDetail
  which: Exclude<Dialog, 'suspend'>
  onClose: () => void
}) {
  const { t } = useTranslation('subscriptions')
  // What was opened stays what it is, whatever the page reads again meanwhile.
  const [kept] = useState(() =>
    which === 'autoRenew' ? (subscription.autoRenew ? ('autoRenewOff' as const) : ('autoRenewOn' as const)) : which,
  )
  const act = {
    cancel: { type: 'cancel' },
    reactivate: { type: 'reactivate' },
    autoRenewOff: { type: 'setAutoRenew', autoRenew: false },
    autoRenewOn: { type: 'setAutoRenew', autoRenew: true },
    removePlan: { type: 'removeScheduledChange' },
  } as const
  return (
    <ActDialog
      subscription={subscription}
      act={act[kept]}
      title={t(`act.${kept}.title`, { title: subscription.title })}
      lead={t(`act.${kept}.lead`)}
      confirm={t(`act.${kept}.confirm`)}
      done={t(`act.${kept}.done`)}
      danger={kept === 'cancel'}
      {...(kept === 'cancel' ? { understand: t('act.cancel.understand') } : {})}
      onClose={onClose}
    />
  )
}
