import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { links } from '../../links.ts'
import { AppLink, useGo } from '../../ui/AppLink.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FactList } from '../../ui/FactList.tsx'
import { useFormats } from '../../ui/formats.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { PageSkeleton } from '../../ui/Skeletons.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useWrite } from '../../ui/useWrite.ts'
import { useWizard, WizardSteps } from '../../ui/Wizard.tsx'
import { type Customer, useCustomer } from '../customers/customer.ts'
import { CancelDialog } from './CancelDialog.tsx'
import { ConfirmationStep } from './ConfirmationStep.tsx'
import { type BasketLine, type Done, orderLines, ordersPath, Submitted } from './order.ts'
import { useForgetWhenLeft } from './useForgetWhenLeft.ts'
import { type Commitment, ReviewStep } from './ReviewStep.tsx'
import { SubscriptionsStep } from './SubscriptionsStep.tsx'

interface Entered {
  readonly basket: readonly BasketLine[]
  readonly done: Done | null
}

const steps = ['subscriptions', 'review', 'confirmation'] as const

/** New subscriptions for a customer that is there already. */
export function NewSubscriptionPage() {
  const { customerId } = useParams({ strict: false }) as { customerId: string }
  const { data: customer, error, refetch } = useCustomer(customerId)
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!customer) return <PageSkeleton />
  return <OrderFor key={customer.id} customer={customer} />
}

function OrderFor({ customer }: { customer: Customer }) {
  const { t } = useTranslation(['orders', 'customers'])
  const wizard = useWizard<(typeof steps)[number], Entered>({
    keepAs: `new-subscription ${customer.id}`,
    steps,
    initial: { basket: [], done: null },
  })
  const { basket, done } = wizard.values
  const [canceling, setCanceling] = useState(false)
  const writer = useWrite('/portal/v1/customers', '/portal/v1/orders')
  const go = useGo()
  const home = links.customerSubscriptions(customer.id)
  const active = customer.account?.resellers.filter(({ partnershipActive }) => partnershipActive) ?? []
  useForgetWhenLeft(done !== null, wizard.clear)
  const step = done && wizard.step !== 'subscriptions' ? 'confirmation' : wizard.step

  const discard = () => {
    setCanceling(false)
    wizard.clear()
    toast({ tone: 'info', text: t('wizard.canceled') })
    go(home)
  }
  const cancel = () => {
    if (basket.length > 0) setCanceling(true)
    else {
      wizard.clear()
      go(home)
    }
  }
  const submit = async (commitment: Commitment | undefined) => {
    if (!commitment) return
    const answer = await writer.send({
      method: 'POST',
      path: ordersPath(customer.id),
      body: { lines: orderLines(basket), ...commitment },
      reply: Submitted,
    })
    if (!answer) return
    const names = new Set(basket.map(({ reseller }) => reseller))
    wizard.clear()
    wizard.change({
      done: {
        customerId: customer.id,
        customerName: customer.name,
        resellerName:
          names.size === 1 ? (active.find(({ partnerId }) => names.has(partnerId ?? ''))?.name ?? null) : null,
        order: answer.reply.order,
      },
    })
    wizard.go('confirmation')
  }
  return (
    <Page
      title={step === 'subscriptions' ? t('wizard.titleSubscription') : t(`wizard.step.${step}`)}
      breadcrumb={[
        { label: t('customers:title'), href: links.customers() },
        { label: customer.name, href: home },
      ]}
      lead={step === 'review' ? t('review.lead') : undefined}
    >
      <WizardSteps
        wizard={{ step, steps }}
        labels={{
          subscriptions: t('wizard.step.subscriptions'),
          review: t('wizard.step.review'),
          confirmation: t('wizard.step.confirmation'),
        }}
      />
      {step === 'subscriptions' && (
        <SubscriptionsStep
          market={{ customerId: customer.id }}
          country={customer.country ?? ''}
          lead={t('wizard.leadSubscriptions', { customer: customer.name })}
          basket={basket}
          usualReseller={active.length === 1 ? (active[0]?.partnerId ?? '') : ''}
          onBasket={(next) => wizard.change({ basket: next, done: null })}
          onNext={wizard.next}
          onCancel={cancel}
        />
      )}
      {step === 'review' && (
        <ReviewStep
          buyer={{ id: customer.id }}
          basket={basket}
          head={<CustomerSection customer={customer} />}
          writer={writer}
          onSubmit={(commitment) => void submit(commitment)}
          onBack={() => {
            writer.clear()
            wizard.back()
          }}
          onCancel={cancel}
        />
      )}
      {step === 'confirmation' && done && (
        <ConfirmationStep done={done} password={undefined} onPassword={() => {}} onDone={() => go(home)} />
      )}
      {canceling && <CancelDialog what="order" onConfirm={discard} onClose={() => setCanceling(false)} />}
    </Page>
  )
}

function CustomerSection({ customer }: { customer: Customer }) {
  const { t } = useTranslation('orders')
  const formats = useFormats()
  return (
    <Section title={t('review.customer')}>
      <FactList
        facts={[
          {
            label: t('review.company'),
            value: <AppLink href={links.customerAccount(customer.id)}>{customer.name}</AppLink>,
          },
          { label: t('review.domain'), value: customer.primaryDomain },
          { label: t('review.country'), value: customer.country && formats.country(customer.country) },
        ]}
      />
    </Section>
  )
}
