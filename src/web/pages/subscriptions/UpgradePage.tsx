import { Button, Checkbox, Field, Input, makeStyles, Select, tokens } from '@fluentui/react-components'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { decideUpgrade } from '../../../features/subscriptions/rules.ts'
import { links } from '../../links.ts'
import { ActionButton } from '../../ui/actions.tsx'
import { ApiCallButton } from '../../ui/ApiCallButton.tsx'
import { useGo } from '../../ui/AppLink.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FactList } from '../../ui/FactList.tsx'
import { NumberText } from '../../ui/formats.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { media } from '../../ui/screen.ts'
import { PageSkeleton } from '../../ui/Skeletons.tsx'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useWizard, WizardButtons, WizardSteps } from '../../ui/Wizard.tsx'
import { ActProblem } from './ActProblem.tsx'
import { ActOutcome } from './PreviewView.tsx'
import { type Act, type SubscriptionDetail, Upgraded, useSubscription, writeOf } from './subscription.ts'
import { useAct } from './useAct.ts'

interface Entered {
  /** `product/sku` */
  readonly target: string
  readonly quantity: string
}

const useStyles = makeStyles({
  fields: { display: 'flex', flexDirection: 'column', gap: '16px', maxWidth: '480px' },
  control: { [media.phone]: { minHeight: '44px', '& select': { minHeight: '44px' } } },
  stack: { display: 'flex', flexDirection: 'column', gap: '12px', marginBottom: '16px' },
  note: { margin: 0, color: tokens.colorNeutralForeground2 },
})

/** Moves all or some licenses of a subscription to a higher product. */
export function UpgradePage() {
  const { customerId, subscriptionId } = useParams({ strict: false }) as { customerId: string; subscriptionId: string }
  const { data, error, refetch } = useSubscription(customerId, subscriptionId)
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <PageSkeleton />
  return <Upgrade subscription={data} />
}

function Upgrade({ subscription }: { subscription: SubscriptionDetail }) {
  const { t } = useTranslation(['subscriptions', 'customers', 'refusals', 'common'])
  const { customer, id, title, upgradeTargets, allowed } = subscription
  const home = links.subscription(customer.id, id)
  const steps = ['target', 'review'] as const
  const sold = upgradeTargets.filter(({ isSold }) => isSold)
  const [first] = sold
  const wizard = useWizard<(typeof steps)[number], Entered>({
    keepAs: `upgrade ${id}`,
    steps,
    initial: { target: first ? `${first.productId}/${first.skuId}` : '', quantity: String(subscription.quantity) },
  })
  const frame = {
    title: t('upgrade.title'),
    lead: t('upgrade.lead', { title }),
    breadcrumb: [
      { label: t('customers:title'), href: links.customers() },
      { label: customer.name, href: links.customerSubscriptions(customer.id) },
      { label: title, href: home },
    ],
  }
  if (sold.length === 0 || !allowed.upgrade.ok) {
    const { reason } = allowed.upgrade
    const why =
      reason === null || reason === 'upgradeNotPossible'
        ? t('upgrade.none')
        : reason === 'accessDenied'
          ? t('common:notAllowed.role')
          : t(`refusals:${reason}`)
    return (
      <Page {...frame}>
        <EmptyState
          title={why}
          actions={<ActionButton action={{ key: 'back', label: t('upgrade.back'), href: home }} />}
        >
          {why === t('upgrade.none') && t('upgrade.noneBody')}
        </EmptyState>
      </Page>
    )
  }
  return (
    <Page {...frame} narrow>
      <WizardSteps wizard={wizard} labels={{ target: t('upgrade.step.target'), review: t('upgrade.step.review') }} />
      {wizard.step === 'target' ? (
        <ChooseTarget subscription={subscription} wizard={wizard} />
      ) : (
        <ReviewUpgrade subscription={subscription} wizard={wizard} />
      )}
    </Page>
  )
}

type UpgradeWizard = ReturnType<typeof useWizard<'target' | 'review', Entered>>

/** What was chosen, and what the rules say to it; the server asks the same rules again. */
function decide(subscription: SubscriptionDetail, { target, quantity }: Entered) {
  const chosen = subscription.upgradeTargets.find(({ productId, skuId }) => `${productId}/${skuId}` === target)
  const licenses = /^\d{1,8}$/.test(quantity.trim()) ? Number(quantity) : 0
  const decision = decideUpgrade(
    {
      status: subscription.status,
      kind: subscription.kind,
      quantity: subscription.quantity,
      minQuantity: subscription.minQuantity,
      conversions: subscription.upgradeTargets.map(({ productId, skuId }) => `${productId}/${skuId}`),
    },
    chosen && { ...chosen, kind: subscription.kind, min: chosen.minQuantity, max: chosen.maxQuantity },
    licenses,
  )
  return { chosen, licenses, decision }
}

function ChooseTarget({ subscription, wizard }: { subscription: SubscriptionDetail; wizard: UpgradeWizard }) {
  const styles = useStyles()
  const { t } = useTranslation(['subscriptions', 'refusals'])
  const go = useGo()
  const { values } = wizard
  const { decision, licenses } = decide(subscription, values)
  const refused = typeof decision === 'object' ? decision : undefined
  const why = refused && t(`refusals:${refused.refuse}`, { ...refused.params })
  return (
    <>
      <Section>
        <div className={styles.fields}>
          <Field label={t('upgrade.target')} required>
            <Select
              className={styles.control}
              value={values.target}
              onChange={(_, { value }) => wizard.change({ target: value })}
            >
              {subscription.upgradeTargets.map(({ productId, skuId, title, isSold }) => (
                <option key={`${productId}/${skuId}`} value={`${productId}/${skuId}`} disabled={!isSold}>
                  {isSold ? title : t('upgrade.notSold', { title })}
                </option>
              ))}
            </Select>
          </Field>
          <Field
            label={t('upgrade.quantity')}
            required
            hint={t('upgrade.quantityHint', { count: subscription.quantity })}
            {...(why ? { validationMessage: why, validationState: 'error' as const } : {})}
          >
            <Input
              className={styles.control}
              inputMode="numeric"
              autoComplete="off"
              maxLength={8}
              value={values.quantity}
              onChange={(_, { value }) => wizard.change({ quantity: value })}
            />
          </Field>
          {!refused && <Effect subscription={subscription} full={decision === 'full'} licenses={licenses} />}
        </div>
      </Section>
      <WizardButtons>
        <SubmitButton state="idle" disabledBecause={why} onPress={wizard.next}>
          {t('upgrade.next')}
        </SubmitButton>
        <Button
          onClick={() => {
            wizard.clear()
            go(links.subscription(subscription.customer.id, subscription.id))
          }}
        >
          {t('upgrade.cancel')}
        </Button>
      </WizardButtons>
    </>
  )
}

function Effect({
  subscription,
  full,
  licenses,
}: {
  subscription: SubscriptionDetail
  full: boolean
  licenses: number
}) {
  const { t } = useTranslation('subscriptions')
  const left = subscription.quantity - licenses
  return (
    <Notice tone="info" title={full ? t('upgrade.full') : t('upgrade.partial')}>
      {full
        ? t('upgrade.fullBody')
        : `${t('upgrade.partialBody', { count: licenses })} ${t('upgrade.left', { count: left, title: subscription.title })}`}
    </Notice>
  )
}

function ReviewUpgrade({ subscription, wizard }: { subscription: SubscriptionDetail; wizard: UpgradeWizard }) {
  const styles = useStyles()
  const { t } = useTranslation(['subscriptions', 'refusals'])
  const go = useGo()
  const [understood, setUnderstood] = useState(false)
  const { chosen, licenses, decision } = decide(subscription, wizard.values)
  const { customer, currency, title } = subscription
  const act: Act | undefined =
    chosen && typeof decision !== 'object'
      ? { type: 'upgrade', productId: chosen.productId, skuId: chosen.skuId, quantity: licenses }
      : undefined
  const acting = useAct(subscription, act)
  const { writer, preview, isOld } = acting
  const submit = async () => {
    const answer = await acting.submit(Upgraded)
    if (!answer) return
    wizard.clear()
    toast({ text: answer.reply.kind === 'full' ? t('upgrade.doneFull', { title }) : t('upgrade.donePartial') })
    go(links.subscription(customer.id, answer.reply.subscriptionId), { replace: true })
  }
  if (!act || !chosen || typeof decision === 'object') {
    return (
      <>
        <Notice tone="error">
          {typeof decision === 'object' ? t(`refusals:${decision.refuse}`, { ...decision.params }) : t('upgrade.none')}
        </Notice>
        <WizardButtons>
          <Button appearance="primary" onClick={wizard.back}>
            {t('upgrade.back')}
          </Button>
        </WizardButtons>
      </>
    )
  }
  const notYet = !preview || isOld ? t('preview.wait') : understood ? undefined : t('upgrade.understandFirst')
  return (
    <>
      <div className={styles.stack}>
        <ActProblem error={writer.error} currency={currency} onReload={writer.clear} />
      </div>
      <Section title={t('upgrade.effect')}>
        <div className={styles.stack}>
          <FactList
            facts={[
              { label: t('upgrade.now'), value: title },
              { label: t('upgrade.then'), value: chosen.title },
              { label: t('upgrade.quantity'), value: <NumberText value={licenses} /> },
            ]}
          />
          <Effect subscription={subscription} full={decision === 'full'} licenses={licenses} />
          <ActOutcome acting={acting} plan={subscription.scheduledChange} />
          <p className={styles.note}>{t('upgrade.prorated')}</p>
          <Notice tone="warning">{t('upgrade.noWindow')}</Notice>
          <Checkbox
            checked={understood}
            label={t('upgrade.understand')}
            onChange={(_, { checked }) => setUnderstood(checked === true)}
          />
        </div>
      </Section>
      <WizardButtons>
        <SubmitButton state={writer.state} disabledBecause={notYet} onPress={() => void submit()}>
          {t('upgrade.submit')}
        </SubmitButton>
        <Button disabledFocusable={writer.busy} onClick={writer.busy ? undefined : wizard.back}>
          {t('upgrade.back')}
        </Button>
        {preview && <ApiCallButton write={writeOf(subscription, act, preview.facts)} />}
      </WizardButtons>
    </>
  )
}
