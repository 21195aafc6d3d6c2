import { Button, makeStyles } from '@fluentui/react-components'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { trialQuantity } from '../../../features/catalog/rules.ts'
import { links } from '../../links.ts'
import { ActionButton } from '../../ui/actions.tsx'
import { announce } from '../../ui/announce.ts'
import { ApiCallButton } from '../../ui/ApiCallButton.tsx'
import { useGo } from '../../ui/AppLink.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FormButtons } from '../../ui/fields.tsx'
import { useFormats } from '../../ui/formats.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { BlockSkeleton } from '../../ui/Skeletons.tsx'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { ActProblem } from './ActProblem.tsx'
import { chosenOf, fitting, NextPrice, NextTermFields, type Wanted } from './NextTermFields.tsx'
import { ActOutcome } from './PreviewView.tsx'
import { type Act, Done, type NextTerms, type SubscriptionDetail, useNextTerms, writeOf } from './subscription.ts'
import { useAct, useRested } from './useAct.ts'

const useStyles = makeStyles({ stack: { display: 'flex', flexDirection: 'column', gap: '16px' } })

/** `renewal` plans the next term; `conversion` makes a trial paid at once. */
export type NextTermPurpose = 'renewal' | 'conversion'

/** The frame of a page that is about what a subscription becomes, with a way back. */
export function NextTermFrame({
  subscription,
  purpose,
  children,
}: {
  subscription: SubscriptionDetail
  purpose: NextTermPurpose
  children: ReactNode
}) {
  const { t } = useTranslation(['subscriptions', 'customers'])
  const { customer, id, title } = subscription
  return (
    <Page
      narrow
      title={t(`${purpose}.title`)}
      lead={t(`${purpose}.lead`, { title })}
      breadcrumb={[
        { label: t('customers:title'), href: links.customers() },
        { label: customer.name, href: links.customerSubscriptions(customer.id) },
        { label: title, href: links.subscription(customer.id, id) },
      ]}
    >
      {children}
    </Page>
  )
}

/** Why this cannot be done now, with the way back to where it can be changed. */
export function NotNow({ subscription, why }: { subscription: SubscriptionDetail; why: string }) {
  const { t } = useTranslation('subscriptions')
  const href = links.subscription(subscription.customer.id, subscription.id)
  return (
    <EmptyState
      title={why}
      actions={<ActionButton action={{ key: 'back', label: t('renewal.toSubscription'), href }} />}
    />
  )
}

/** Chooses what a subscription becomes, shows what it comes to, and does it. */
export function NextTermForm({
  subscription,
  purpose,
  initial,
}: {
  subscription: SubscriptionDetail
  purpose: NextTermPurpose
  initial: Wanted
}) {
  const { t } = useTranslation('subscriptions')
  const [wanted, setWanted] = useState(initial)
  const quantity = useRested(/^[1-9]\d{0,6}$/.test(wanted.quantity.trim()) ? Number(wanted.quantity) : undefined)
  const { data, error, refetch } = useNextTerms(subscription, quantity ?? subscription.quantity)
  const [last, setLast] = useState<NextTerms>()
  if (data && data !== last) setLast(data)
  // While prices for another number are on their way, those of the former stay.
  const terms = data ?? last
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!terms) return <BlockSkeleton lines={8} />
  if (terms.products.length === 0) return <NotNow subscription={subscription} why={t('renewal.nothingSold')} />
  return (
    <Fields
      subscription={subscription}
      purpose={purpose}
      terms={terms}
      wanted={fitting(terms, wanted)}
      onChange={(changes) => setWanted((before) => fitting(terms, { ...before, ...changes }))}
    />
  )
}

function Fields({
  subscription,
  purpose,
  terms,
  wanted,
  onChange,
}: {
  subscription: SubscriptionDetail
  purpose: NextTermPurpose
  terms: NextTerms
  wanted: Wanted
  onChange: (changes: Partial<Wanted>) => void
}) {
  const styles = useStyles()
  const { t } = useTranslation(['subscriptions', 'common'])
  const formats = useFormats()
  const go = useGo()
  const { product, option, quantity } = chosenOf(terms, wanted)
  const min = Math.max(product?.minQuantity ?? 1, purpose === 'conversion' ? trialQuantity : 1)
  const max = product?.maxQuantity ?? min
  const fits = quantity !== undefined && quantity >= min && quantity <= max
  const act = fits && product && option ? actOf(purpose, product, option, quantity, wanted.endOn) : undefined
  // What is typed is asked about when it rests; an act is a new object each time, its text is not.
  const rested = useRested(JSON.stringify(act ?? null))
  const acting = useAct(subscription, rested === 'null' ? undefined : (JSON.parse(rested) as Act))
  const isCurrent = rested === JSON.stringify(act ?? null) && !acting.isOld
  const { writer, preview } = acting
  const home = links.subscription(subscription.customer.id, subscription.id)
  const notYet = !act
    ? t('form.quantityRange', { min, max })
    : acting.previewError
      ? t('renewal.notPossible')
      : !preview || !isCurrent
        ? t('preview.wait')
        : preview.changes
          ? undefined
          : t('renewal.asNow')
  const submit = async () => {
    if (!(await acting.submit(Done))) return
    toast({ text: t(`${purpose}.done`) })
    announce(t(`${purpose}.done`))
    go(home)
  }
  return (
    <>
      <Section title={t(`${purpose}.fields`)}>
        <NextTermFields
          terms={terms}
          wanted={wanted}
          onChange={onChange}
          min={min}
          max={max}
          aligns={purpose === 'renewal'}
          quantityError={fits ? undefined : t('form.quantityRange', { min, max })}
        />
      </Section>
      <Section title={t('upgrade.effect')}>
        <div className={styles.stack}>
          {purpose === 'renewal' && terms.startOn !== null && (
            <div>{t('renewal.begins', { date: formats.date(terms.startOn) })}</div>
          )}
          {option && quantity !== undefined && <NextPrice subscription={subscription} next={{ ...option, quantity }} />}
          {act && <ActOutcome acting={acting} plan={subscription.scheduledChange} />}
          <ActProblem error={writer.error} currency={subscription.currency} onReload={writer.clear} />
          <FormButtons>
            <SubmitButton state={writer.state} disabledBecause={notYet} onPress={() => void submit()}>
              {t(`${purpose}.submit`)}
            </SubmitButton>
            <Button disabledFocusable={writer.busy} onClick={writer.busy ? undefined : () => go(home)}>
              {t('common:action.cancel')}
            </Button>
            {act && <ApiCallButton write={writeOf(subscription, act, isCurrent ? preview?.facts : undefined)} />}
          </FormButtons>
        </div>
      </Section>
    </>
  )
}

type Product = NextTerms['products'][number]

function actOf(
  purpose: NextTermPurpose,
  { productId, skuId }: Product,
  { term, billingPlan }: Product['options'][number],
  quantity: number,
  endOn: string,
): Act {
  const next = { productId, skuId, quantity, term, billingPlan }
  return purpose === 'conversion'
    ? { type: 'convertTrial', ...next }
    : { type: 'scheduleChange', ...next, endOn: endOn === '' ? null : endOn }
}
