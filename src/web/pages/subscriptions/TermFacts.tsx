import { useTranslation } from 'react-i18next'
import { type Fact, FactList } from '../../ui/FactList.tsx'
import { DateText, NumberText, useFormats } from '../../ui/formats.tsx'
import { SubscriptionStatusBadge } from './badges.tsx'
import { Deadline } from './Deadline.tsx'
import type { SubscriptionDetail } from './subscription.ts'
import { useSubscriptionTexts } from './useSubscriptionTexts.tsx'

/** The running term: what it is, when it ends and how, what happens next by itself, until when it can be canceled. */
export function TermFacts({ subscription: s }: { subscription: SubscriptionDetail }) {
  const { t } = useTranslation('subscriptions')
  const texts = useSubscriptionTexts()
  const formats = useFormats()
  const hasTerm = s.endOn !== null
  const facts: Fact[] = [
    {
      label: t('column.status'),
      value: (
        <>
          <SubscriptionStatusBadge status={s.status} disabledStage={s.disabledStage} />
          <div>{t(`meaning.${meaningOf(s)}`)}</div>
        </>
      ),
    },
    {
      label: t('column.licenses'),
      value: s.kind === 'usage' ? t('form.fixed.usage') : <NumberText value={s.quantity} />,
    },
    { label: t('column.termAndPlan'), value: texts.termAndPlan(s) },
    {
      label: t('running.days'),
      value: hasTerm ? (
        <>
          <DateText day={s.startOn} /> – {s.endOn !== null && <DateText day={s.endOn} />}
        </>
      ) : (
        <DateText day={s.startOn} />
      ),
    },
    ...(hasTerm
      ? [
          { label: t('running.number'), value: t('running.nth', { number: s.termNumber }) },
          { label: t('running.end'), value: texts.endText(s) ?? '–' },
        ]
      : []),
    {
      label: t('running.next'),
      value: s.nextStep
        ? t(`next.${s.nextStep.step}`, { date: formats.date(s.nextStep.at.slice(0, 10)) })
        : t('next.nothing'),
    },
    {
      label: t('detail.cancelUntil'),
      value: s.cancelUntil === null ? t('detail.noWindow') : <Deadline at={s.cancelUntil} now={s.now} />,
    },
    {
      label: t('plan.title'),
      value: s.scheduledChange ? texts.plan(s.scheduledChange) : t('plan.none'),
    },
  ]
  return <FactList facts={facts} />
}

function meaningOf({ status, disabledStage }: SubscriptionDetail) {
  if (status !== 'disabled') return status
  return disabledStage === 2 ? 'disabled2' : 'disabled1'
}
