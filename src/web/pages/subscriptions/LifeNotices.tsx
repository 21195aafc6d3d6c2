import { useTranslation } from 'react-i18next'
import { links } from '../../links.ts'
import { usePagedList } from '../../query.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { announce } from '../../ui/announce.ts'
import { useFormats } from '../../ui/formats.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useWrite } from '../../ui/useWrite.ts'
import { ActProblem } from './ActProblem.tsx'
import { HistoryRow, type SubscriptionDetail, subscriptionPath, writeOf } from './subscription.ts'
import { useSubscriptionTexts } from './useSubscriptionTexts.tsx'
import { useLeftText, useClock } from './Deadline.tsx'

/** What of a subscription's life everybody has to know at once, above the page. `lost` is a plan that was just dropped. */
export function LifeNotices({
  subscription,
  lost,
}: {
  subscription: SubscriptionDetail
  lost: SubscriptionDetail['scheduledChange']
}) {
  return (
    <>
      <StateNotice subscription={subscription} />
      <AutoRenewLost subscription={subscription} />
      {lost && !subscription.scheduledChange && <PlanLost subscription={subscription} plan={lost} />}
      <BaseNotice subscription={subscription} />
    </>
  )
}

function StateNotice({ subscription: s }: { subscription: SubscriptionDetail }) {
  const { t } = useTranslation('subscriptions')
  const formats = useFormats()
  const clock = useClock(s.now)
  const left = useLeftText()
  const since = formats.instantDay(s.stateSince)
  if (s.status === 'suspended') {
    return (
      <Notice
        tone="warning"
        title={t('state.suspended', { since, reason: t(`suspension.${s.suspensionReason ?? 'other'}`) })}
      >
        {s.suspensionNote && <div>{s.suspensionNote}</div>}
        <div>{t('state.suspendedBody')}</div>
        {s.endOn !== null && <div>{t('state.suspendedEnd', { date: formats.date(s.endOn) })}</div>}
      </Notice>
    )
  }
  if (s.status === 'renewing') return <Notice tone="info">{t('meaning.renewing')}</Notice>
  if (!s.nextStep || (s.status !== 'expired' && s.status !== 'disabled' && s.status !== 'canceled')) return null
  const time = left(s.nextStep.at, clock) ?? t('left.over')
  const name = s.status === 'disabled' ? (s.disabledStage === 2 ? 'disabled2' : 'disabled1') : s.status
  return (
    <Notice
      tone="warning"
      title={t(`state.${name}`, { since, date: formats.date(s.nextStep.at.slice(0, 10)), left: time })}
    >
      {t(`meaning.${name}`)}
    </Notice>
  )
}

/** A suspension turned auto-renew off, and the reactivation did not turn it on: one press does. */
function AutoRenewLost({ subscription: s }: { subscription: SubscriptionDetail }) {
  const { t } = useTranslation('subscriptions')
  const texts = useSubscriptionTexts()
  const writer = useWrite('/portal/v1/customers')
  const isOff = s.status === 'active' && !s.autoRenew && s.endOn !== null
  const { rows } = usePagedList(
    `${subscriptionPath(s.customer.id, s.id)}/history`,
    HistoryRow,
    { size: 20 },
    { enabled: isOff },
  )
  const last = rows.find(
    ({ action }) => action === 'subscription.reactivated' || action === 'subscription.auto_renew_changed',
  )
  if (!isOff || last?.action !== 'subscription.reactivated') return null
  const turnOn = async () => {
    const answer = await writer.send(writeOf(s, { type: 'setAutoRenew', autoRenew: true }, undefined))
    if (!answer) return
    toast({ text: t('act.autoRenewOn.done') })
    announce(t('act.autoRenewOn.done'))
  }
  return (
    <>
      <Notice
        tone="warning"
        title={t('autoRenewLost.title')}
        actions={
          s.allowed.setAutoRenew.ok && (
            <SubmitButton state={writer.state} appearance="secondary" onPress={() => void turnOn()}>
              {t('act.autoRenewOn.confirm')}
            </SubmitButton>
          )
        }
      >
        {texts.endText(s)}
      </Notice>
      <ActProblem error={writer.error} currency={s.currency} onReload={writer.clear} />
    </>
  )
}

/** What was planned is gone with what was just changed; it can be planned again with a press. */
function PlanLost({
  subscription: { customer, id },
  plan,
}: {
  subscription: SubscriptionDetail
  plan: NonNullable<SubscriptionDetail['scheduledChange']>
}) {
  const { t } = useTranslation('subscriptions')
  const texts = useSubscriptionTexts()
  const { productId, skuId, quantity, term, billingPlan } = plan
  return (
    <Notice
      tone="warning"
      live
      title={t('planLost.title')}
      actions={
        <AppLink
          href={links.subscriptionRenewal(customer.id, id, {
            product: `${productId}/${skuId}`,
            quantity: String(quantity),
            term,
            plan: billingPlan,
          })}
        >
          {t('planLost.again')}
        </AppLink>
      }
    >
      {texts.plan(plan)}
    </Notice>
  )
}

/** An add-on is of no use without its base: said as soon as it will outlive it. */
function BaseNotice({ subscription: s }: { subscription: SubscriptionDetail }) {
  const { t } = useTranslation('subscriptions')
  const formats = useFormats()
  const { base } = s
  if (!base || (s.status !== 'active' && s.status !== 'suspended')) return null
  const link = <AppLink href={links.subscription(s.customer.id, base.id)}>{base.title}</AppLink>
  if (base.status !== 'active' && base.status !== 'pending' && base.status !== 'renewing') {
    return (
      <Notice tone="warning" title={t('base.over', { status: t(`status.${base.status}`) })} actions={link}>
        {t('base.overBody')}
      </Notice>
    )
  }
  const outlives = !base.autoRenew && base.endOn !== null && s.endOn !== null && (s.autoRenew || s.endOn > base.endOn)
  if (!outlives || base.endOn === null) return null
  return (
    <Notice tone="warning" title={t('base.outlives', { date: formats.date(base.endOn) })} actions={link}>
      {t('base.outlivesBody')}
    </Notice>
  )
}
