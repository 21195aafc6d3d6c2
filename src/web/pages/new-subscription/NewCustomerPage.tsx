import { Button } from '@fluentui/react-components'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiRefusal } from '../../api.ts'
import { currentLanguage } from '../../i18n.ts'
import { links } from '../../links.ts'
import { useGo } from '../../ui/AppLink.tsx'
import { FactList } from '../../ui/FactList.tsx'
import { useFormats } from '../../ui/formats.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useUrlState } from '../../ui/useUrlState.ts'
import { useWrite } from '../../ui/useWrite.ts'
import { useWizard, WizardButtons, WizardSteps } from '../../ui/Wizard.tsx'
import { useResellerChoices } from '../customers/customer.ts'
import { customerBody, emptyCustomer, type NewCustomerValues } from '../customers/new-customer.ts'
import { NewCustomerForm } from '../customers/NewCustomerForm.tsx'
import { CancelDialog } from './CancelDialog.tsx'
import { ConfirmationStep } from './ConfirmationStep.tsx'
import { AddedCustomer, type BasketLine, type Done, orderLines } from './order.ts'
import { useForgetWhenLeft } from './useForgetWhenLeft.ts'
import { type Commitment, ReviewStep } from './ReviewStep.tsx'
import { SubscriptionsStep } from './SubscriptionsStep.tsx'

interface Entered {
  readonly customer: NewCustomerValues
  readonly basket: readonly BasketLine[]
  /** After the submit: what to show. No password. */
  readonly done: Done | null
}

const steps = ['customer', 'subscriptions', 'review', 'confirmation'] as const

/**
 * The wizard that adds a customer: New customer, New subscription, Review, Confirmation. Nothing is stored before the submit,
 * which stores all of it; canceling leaves nothing behind.
 */
export function NewCustomerPage() {
  const { t } = useTranslation(['orders', 'customers'])
  const [{ reseller }] = useUrlState({ reseller: '' })
  const initial: Entered = {
    customer: emptyCustomer({ language: currentLanguage(), ...(reseller ? { resellerId: reseller } : {}) }),
    basket: [],
    done: null,
  }
  const wizard = useWizard<(typeof steps)[number], Entered>({
    keepAs: `new-customer ${reseller}`.trim(),
    steps,
    initial,
  })
  const { customer, basket, done } = wizard.values
  const [attempt, setAttempt] = useState(0)
  const [canceling, setCanceling] = useState(false)
  // In the memory of this page only: it is in no storage, and a reload forgets it.
  const [password, setPassword] = useState<string>()
  const writer = useWrite('/portal/v1/customers', '/portal/v1/orders', '/portal/v1/partnerships')
  const go = useGo()
  const choices = useResellerChoices()
  const chosen = choices?.find(({ resellerId }) => resellerId === customer.resellerId)

  // The password must not get lost by going back a step: only a page that is opened again begins anew.
  const [submittedHere, setSubmittedHere] = useState(false)
  const isOver = done !== null && wizard.step === 'customer' && !submittedHere
  useForgetWhenLeft(done !== null, wizard.clear)
  useEffect(() => {
    if (!isOver) return
    wizard.clear()
    setAttempt((before) => before + 1)
  }, [isOver, wizard])

  const discard = () => {
    setCanceling(false)
    writer.clear()
    wizard.clear()
    setAttempt((before) => before + 1)
    wizard.go('customer')
    toast({ tone: 'info', text: t('wizard.canceled') })
  }
  const cancel = () => {
    if (wizard.dirty) setCanceling(true)
    else go(links.customers())
  }
  const submit = async (commitment: Commitment | undefined) => {
    const order = commitment
      ? {
          lines: orderLines(basket),
          attestation: commitment.attestation,
          expectedTotalRetail: commitment.expectedTotalRetail,
        }
      : { lines: [] }
    const answer = await writer.send({
      method: 'POST',
      path: '/portal/v1/customers',
      body: { ...customerBody(customer), ...order },
      reply: AddedCustomer,
    })
    if (!answer) return
    const { customerId, order: placed, adminUserId, adminUserName, temporaryPassword } = answer.reply
    setPassword(temporaryPassword)
    setSubmittedHere(true)
    wizard.clear()
    wizard.change({
      done: {
        customerId,
        customerName: customer.legalName.trim(),
        resellerName: chosen?.name ?? null,
        order: placed,
        adminUserId,
        adminUserName,
      },
    })
    wizard.go('confirmation')
  }
  // What the submit found wrong with the customer is shown where it was entered.
  const aboutCustomer =
    writer.error instanceof ApiRefusal && writer.error.fields.some(({ field }) => !field.startsWith('lines'))
  useEffect(() => {
    if (aboutCustomer) wizard.go('customer')
    // Only when the answer comes, not each time the wizard moves.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [aboutCustomer])

  const step = done && !isOver ? 'confirmation' : wizard.step
  const asks = customer.agreementMethod === 'ask'
  const name = customer.legalName.trim() || t('wizard.unnamed')
  return (
    <Page
      title={t(`wizard.step.${step}`)}
      breadcrumb={[{ label: t('customers:title'), href: links.customers() }]}
      lead={step === 'customer' ? t('wizard.leadCustomer') : step === 'review' ? t('review.lead') : undefined}
    >
      <WizardSteps
        wizard={{ step, steps }}
        labels={{
          customer: t('wizard.step.customer'),
          subscriptions: t('wizard.step.subscriptions'),
          review: t('wizard.step.review'),
          confirmation: t('wizard.step.confirmation'),
        }}
      />
      {step === 'customer' && (
        <NewCustomerForm
          key={attempt}
          initial={customer}
          error={aboutCustomer ? writer.error : undefined}
          onChange={(values) => wizard.change({ customer: values })}
          onDone={(values) => {
            writer.clear()
            // Another country or kind of customer is another market.
            const moved = values.country !== customer.country || values.segment !== customer.segment
            wizard.change({ customer: values, ...(moved && basket.length > 0 ? { basket: [] } : {}) })
            wizard.next()
          }}
          buttons={(state) => (
            <WizardButtons>
              <SubmitButton state={state}>{t('wizard.nextSubscriptions')}</SubmitButton>
              <Button onClick={cancel}>{t('wizard.cancel')}</Button>
            </WizardButtons>
          )}
        />
      )}
      {step === 'subscriptions' && asks && (
        <>
          <Notice tone="info" title={t('wizard.askTitle')}>
            {t('wizard.askBody')}
          </Notice>
          <WizardButtons>
            <Button appearance="primary" onClick={wizard.next}>
              {t('wizard.nextReview')}
            </Button>
            <Button onClick={wizard.back}>{t('wizard.back')}</Button>
            <Button onClick={cancel}>{t('wizard.cancel')}</Button>
          </WizardButtons>
        </>
      )}
      {step === 'subscriptions' && !asks && (
        <SubscriptionsStep
          market={{ country: customer.country, segment: customer.segment }}
          country={customer.country}
          lead={t('wizard.leadSubscriptions', { customer: name })}
          basket={basket}
          usualReseller={chosen?.partnerId ?? ''}
          onBasket={(next) => wizard.change({ basket: next })}
          onNext={wizard.next}
          onBack={wizard.back}
          onCancel={cancel}
        />
      )}
      {step === 'review' && (
        <ReviewStep
          buyer={{ country: customer.country, segment: customer.segment }}
          basket={asks ? [] : basket}
          head={
            <CustomerSection
              customer={customer}
              resellerName={chosen ? `${chosen.name} (${chosen.partnerId})` : null}
            />
          }
          writer={writer}
          onSubmit={(commitment) => void submit(commitment)}
          onBack={wizard.back}
          onCancel={cancel}
        />
      )}
      {step === 'confirmation' && done && (
        <ConfirmationStep
          done={done}
          password={password}
          onPassword={setPassword}
          onDone={() => go(links.customers({ search: done.customerName }))}
        />
      )}
      {canceling && <CancelDialog what="customer" onConfirm={discard} onClose={() => setCanceling(false)} />}
    </Page>
  )
}

/** Everything about the customer that the submit stores. */
function CustomerSection({ customer, resellerName }: { customer: NewCustomerValues; resellerName: string | null }) {
  const { t } = useTranslation(['orders', 'customers', 'common'])
  const formats = useFormats()
  const { addressLine1, addressLine2, district, city, state, postalCode, acceptedOn } = customer
  const address = [addressLine1, addressLine2, district, `${postalCode} ${city}`.trim(), state].filter(
    (line) => line.trim() !== '',
  )
  const acceptor = `${customer.acceptorFirstName} ${customer.acceptorLastName}`.trim()
  return (
    <Section title={t('review.customer')}>
      <FactList
        facts={[
          { label: t('review.company'), value: customer.legalName },
          { label: t('review.domain'), value: `${customer.domainPrefix}.onkanal.example` },
          { label: t('review.country'), value: formats.country(customer.country) },
          { label: t('review.address'), value: address.join(', ') },
          {
            label: customer.country === 'TR' ? t('customers:form.taxNumber') : t('review.registration'),
            value: [customer.registrationNumber, customer.taxOffice].filter((text) => text !== '').join(' · '),
          },
          { label: t('review.segment'), value: t(`customers:form.segments.${customer.segment as 'commercial'}`) },
          {
            label: t('review.contact'),
            value: `${customer.firstName} ${customer.lastName} · ${customer.email}${customer.phone ? ` · ${customer.phone}` : ''}`,
          },
          {
            label: t('review.language'),
            value: t(customer.language === 'tr' ? 'common:language.tr' : 'common:language.en'),
          },
          { label: t('review.reseller'), value: resellerName ?? t('reseller.none') },
          {
            label: t('review.agreement'),
            value:
              customer.agreementMethod === 'ask'
                ? t('review.agreementAsked')
                : `${t('review.agreementAttested', { name: acceptor, day: acceptedOn ? formats.date(acceptedOn) : '' })} · ${customer.acceptorEmail}`,
          },
        ]}
      />
    </Section>
  )
}
