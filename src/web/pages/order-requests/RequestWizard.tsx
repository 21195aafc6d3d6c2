import { Button, Field, Input, makeStyles, Textarea } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { links } from '../../links.ts'
import { ApiCallButton } from '../../ui/ApiCallButton.tsx'
import { useGo } from '../../ui/AppLink.tsx'
import { ErrorBar } from '../../ui/ErrorState.tsx'
import { FactList } from '../../ui/FactList.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useWrite } from '../../ui/useWrite.ts'
import { useWizard, WizardButtons, WizardSteps } from '../../ui/Wizard.tsx'
import { type BasketLine, chosenOption } from '../new-subscription/order.ts'
import { SubscriptionsStep } from '../new-subscription/SubscriptionsStep.tsx'
import { offersToAskPath, requestedLines, requestPath, requestsOfPath, requestsPath, StoredRequest } from './request.ts'
import { RequestLines } from './RequestLines.tsx'

const steps = ['subscriptions', 'request'] as const

interface Entered {
  readonly basket: readonly BasketLine[]
  readonly wishOn: string
  readonly note: string
}

const useStyles = makeStyles({ fields: { display: 'flex', flexDirection: 'column', gap: '16px', maxWidth: '720px' } })

/** The two steps of a request: what is asked for, then when it is wished for and a note. Saves a draft, or sends it. */
export function RequestWizard({
  keepAs,
  customer,
  provider,
  draft,
  initial,
  head,
}: {
  /** Name under which what is entered survives a reload. */
  keepAs: string
  customer: { readonly id: string; readonly name: string; readonly country: string }
  provider: { readonly id: string; readonly name: string }
  /** Of a draft that is changed. */
  draft?: { readonly id: string; readonly version: number }
  initial: Entered
  head?: ReactNode
}) {
  const styles = useStyles()
  const { t } = useTranslation(['orderRequests', 'orders', 'customers'])
  const wizard = useWizard<(typeof steps)[number], Entered>({ keepAs, steps, initial })
  const { basket, wishOn, note } = wizard.values
  const writer = useWrite(requestsPath, requestsOfPath(customer.id))
  const go = useGo()
  const home = links.customerSubscriptions(customer.id)
  const bodyFor = (send: boolean) => ({
    kind: 'new',
    lines: requestedLines(basket),
    wishOn: wishOn === '' ? null : wishOn,
    note,
    send,
    ...(draft ? { version: draft.version } : { providerId: provider.id }),
  })
  const callFor = (send: boolean) => ({
    method: draft ? ('PUT' as const) : ('POST' as const),
    path: draft ? requestPath(customer.id, draft.id) : requestsOfPath(customer.id),
    body: bodyFor(send),
    reply: StoredRequest,
  })
  const store = async (send: boolean) => {
    const answer = await writer.send(callFor(send))
    if (!answer) return
    wizard.clear()
    toast({ text: send ? t('form.sent', { provider: provider.name }) : t('form.saved') })
    go(links.orderRequest(customer.id, answer.reply.id))
  }
  const cancel = () => {
    wizard.clear()
    go(draft ? links.orderRequest(customer.id, draft.id) : home)
  }
  return (
    <Page
      title={draft ? t('edit') : t('new')}
      breadcrumb={[
        { label: t('customers:title'), href: links.customers() },
        { label: customer.name, href: home },
        { label: t('title'), href: links.orderRequests() },
      ]}
    >
      <WizardSteps
        wizard={wizard}
        labels={{ subscriptions: t('orders:wizard.step.subscriptions'), request: t('form.what') }}
      />
      {wizard.step === 'subscriptions' ? (
        <>
          {head}
          <SubscriptionsStep
            path={offersToAskPath(customer.id, provider.id)}
            market={{}}
            country={customer.country}
            lead={t('form.lead', { provider: provider.name, customer: customer.name })}
            basket={basket}
            usualReseller=""
            withReseller={false}
            next={t('nextStep')}
            onBasket={(next) => wizard.change({ basket: next })}
            onNext={wizard.next}
            onCancel={cancel}
          />
        </>
      ) : (
        <>
          <ErrorBar error={writer.error} />
          <Section title={t('section.request')}>
            <FactList
              facts={[
                { label: t('fact.customer'), value: customer.name },
                { label: t('fact.provider'), value: provider.name },
              ]}
            />
          </Section>
          <Section title={t('section.lines')}>
            <RequestLines
              kind="new"
              lines={basket.map((line) => {
                const option = chosenOption(line)
                return {
                  title: line.title,
                  term: option?.term ?? '',
                  billingPlan: option?.billingPlan ?? '',
                  quantity: Number(line.quantity),
                  formerQuantity: null,
                  friendlyName: line.friendlyName,
                  currency: option?.currency ?? '',
                  unitRetail: option?.unitRetail ?? null,
                }
              })}
            />
          </Section>
          <Section title={t('form.what')}>
            <div className={styles.fields}>
              <Field label={t('form.wishOn')} hint={t('form.wishHint')}>
                <Input type="date" value={wishOn} onChange={(_, { value }) => wizard.change({ wishOn: value })} />
              </Field>
              <Field label={t('form.note')} hint={t('form.noteHint')}>
                <Textarea
                  rows={4}
                  resize="vertical"
                  maxLength={2000}
                  value={note}
                  onChange={(_, { value }) => wizard.change({ note: value })}
                />
              </Field>
            </div>
          </Section>
          <WizardButtons>
            <SubmitButton
              state={writer.state}
              disabledBecause={basket.length === 0 ? t('why.empty') : undefined}
              onPress={() => void store(true)}
            >
              {t('action.send')}
            </SubmitButton>
            <Button disabledFocusable={writer.busy} onClick={writer.busy ? undefined : () => void store(false)}>
              {t('action.saveDraft')}
            </Button>
            <Button
              disabledFocusable={writer.busy}
              onClick={
                writer.busy
                  ? undefined
                  : () => {
                      writer.clear()
                      wizard.back()
                    }
              }
            >
              {t('orders:wizard.back')}
            </Button>
            <Button disabledFocusable={writer.busy} onClick={writer.busy ? undefined : cancel}>
              {t('orders:wizard.cancel')}
            </Button>
            <ApiCallButton write={callFor(true)} />
          </WizardButtons>
        </>
      )}
    </Page>
  )
}
