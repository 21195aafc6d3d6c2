import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { announce } from '../../ui/announce.ts'
import { ApiCallButton } from '../../ui/ApiCallButton.tsx'
import { useFieldErrorText } from '../../ui/errors.ts'
import { type Choice, FormBox, SelectField, TextField } from '../../ui/fields.tsx'
import { type FormErrors, useForm } from '../../ui/form.ts'
import { useFormats } from '../../ui/formats.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Section } from '../../ui/Page.tsx'
import { media } from '../../ui/screen.ts'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useLeaveGuard } from '../../ui/useLeaveGuard.tsx'
import { useResellerChoices } from '../customers/customer.ts'
import { unverified } from '../new-subscription/order.ts'
import { ActProblem, isOvertaken } from './ActProblem.tsx'
import { LicensesToReduce } from './LicensesToReduce.tsx'
import { ActOutcome } from './PreviewView.tsx'
import { ResellerPicker } from './ResellerPicker.tsx'
import { Changed, type SubscriptionDetail, subscriptionPath } from './subscription.ts'
import { useAct, useRested } from './useAct.ts'
import { useWhyNot } from './useWhyNot.ts'

type Values = {
  quantity: string
  friendlyName: string
  reseller: string
  supportContact: string
}

const useStyles = makeStyles({
  readOnly: { margin: 0, color: tokens.colorNeutralForeground2 },
  buttons: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '8px',
    marginTop: '8px',
    [media.phone]: {
      position: 'sticky',
      bottom: 0,
      zIndex: 4,
      margin: '0 -16px -16px',
      padding: '12px 16px calc(12px + env(safe-area-inset-bottom))',
      background: tokens.colorNeutralBackground1,
      borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
      '& > button': { flex: '1 1 0', minHeight: '44px' },
    },
  },
  push: { marginLeft: 'auto', [media.phone]: { display: 'none' } },
})

/** The data of a subscription that people change, in one form with one submit: what a person may not change is not in it. */
export function SubscriptionForm({
  subscription,
  onPlanLost,
}: {
  subscription: SubscriptionDetail
  /** A change of licenses was stored that dropped what was planned for the next term. */
  onPlanLost: (plan: SubscriptionDetail['scheduledChange']) => void
}) {
  const styles = useStyles()
  const { t } = useTranslation(['subscriptions', 'common'])
  const why = useWhyNot(subscription)
  const fieldError = useFieldErrorText()
  const { allowed } = subscription
  const path = subscriptionPath(subscription.customer.id, subscription.id)
  const before = valuesOf(subscription)
  const form = useForm<Values>({
    initial: before,
    check: (values) => check(values, subscription),
    onSubmit: (values) => void save(values),
  })
  const changesQuantity = allowed.addLicenses.ok || allowed.reduceLicenses.ok
  const wanted = changesQuantity ? wantedQuantity(form.values, subscription) : undefined
  const rested = useRested(wanted)
  const acting = useAct(subscription, rested === undefined ? undefined : { type: 'changeQuantity', quantity: rested })
  const { writer } = acting
  const seen = rested === wanted && !acting.isOld ? acting.preview?.facts : undefined
  const guard = useLeaveGuard(form.dirty && !writer.busy, { title: t('form.leaveTitle'), body: t('form.leaveBody') })
  const body = bodyOf(form.values, before, subscription)
  const write = {
    method: 'PATCH' as const,
    path,
    body: { version: subscription.version, ...body, ...(seen ? { seen } : {}) },
    reply: Changed,
  }
  const choices = useSupportChoices(subscription)

  async function save(values: Values): Promise<void> {
    const answer = await writer.send(write)
    if (!answer) return
    form.reset(values)
    if (answer.reply.changed.includes('quantity')) onPlanLost(subscription.scheduledChange)
    const text = answer.reply.changed.length > 0 ? t('form.saved') : t('form.nothing')
    toast({ text })
    announce(text)
  }
  const editable = [
    allowed.addLicenses,
    allowed.reduceLicenses,
    allowed.rename,
    allowed.setReseller,
    allowed.setSupportContact,
  ].some(({ ok }) => ok)
  if (!editable) {
    return (
      <Section title={t('form.title')}>
        <p className={styles.readOnly}>{t('detail.readOnly')}</p>
      </Section>
    )
  }
  const { reseller } = subscription
  const { least, most } = boundsOf(subscription)
  const changedCount = Object.keys(body).length
  return (
    <Section title={t('form.title')}>
      {guard}
      <FormBox
        form={form}
        error={isOvertaken(writer.error) ? undefined : writer.error}
        fieldNames={{ resellerPartnerId: 'reseller', supportContactId: 'supportContact' }}
        label={t('form.label')}
        labels={{
          quantity: t('form.quantity'),
          reseller: t('form.reseller'),
          supportContact: t('form.supportContact'),
          friendlyName: t('form.friendlyName'),
        }}
      >
        {isOvertaken(writer.error) && (
          <ActProblem error={writer.error} currency={subscription.currency} onReload={writer.clear} />
        )}
        {changesQuantity && (
          <>
            <TextField
              form={form}
              name="quantity"
              label={t('form.quantity')}
              required
              inputMode="numeric"
              autoComplete="off"
              maxLength={8}
              hint={`${t('form.quantityRange', { min: least, max: most })}. ${t('form.quantityHint')}`}
            />
            <LicensesToReduce subscription={subscription} whyNot={why('reduceLicenses')} />
            {wanted !== undefined && <ActOutcome acting={acting} plan={subscription.scheduledChange} />}
          </>
        )}
        {reseller && !reseller.partnershipActive && (
          <Notice tone="warning" title={t('form.endedTitle', { reseller: reseller.name })}>
            {t('form.endedBody')}
          </Notice>
        )}
        {allowed.setReseller.ok && (
          <ResellerPicker
            id={`${form.id}-reseller`}
            label={t('form.reseller')}
            hint={t('form.resellerHint')}
            value={form.values.reseller}
            current={
              reseller
                ? {
                    partnerId: reseller.partnerId,
                    label: reseller.partnershipActive
                      ? `${reseller.name} (${reseller.partnerId})`
                      : t('form.endedChoice', { name: `${reseller.name} (${reseller.partnerId})` }),
                  }
                : undefined
            }
            error={form.errors.reseller ? fieldErrorOf(form.errors.reseller.rule) : undefined}
            onChange={(partnerId) => form.set('reseller', partnerId)}
          />
        )}
        {allowed.setSupportContact.ok && (
          <SelectField
            form={form}
            name="supportContact"
            label={t('form.supportContact')}
            hint={t('form.supportHint')}
            required
            choices={choices}
          />
        )}
        {allowed.rename.ok && (
          <TextField
            form={form}
            name="friendlyName"
            label={t('form.friendlyName')}
            maxLength={100}
            autoComplete="off"
          />
        )}
        <div className={styles.buttons}>
          <SubmitButton
            state={writer.state}
            disabledBecause={
              form.dirty
                ? wanted !== undefined && !seen && !acting.previewError
                  ? t('preview.wait')
                  : undefined
                : t('form.nothingYet')
            }
          >
            {t('form.submit')}
          </SubmitButton>
          <Button
            disabledFocusable={!form.dirty || writer.busy}
            onClick={() => {
              if (!form.dirty || writer.busy) return
              writer.clear()
              form.reset(before)
            }}
          >
            {t('form.cancel')}
          </Button>
          {changedCount > 0 && (
            <span className={styles.push}>
              <ApiCallButton write={write} />
            </span>
          )}
        </div>
      </FormBox>
    </Section>
  )

  function fieldErrorOf(rule: string): string {
    return rule === unverified ? t('form.unverified') : fieldError({ rule, params: form.errors.reseller?.params })
  }
}

/** The provider and its partners, by name; whoever stands here already is among them. */
function useSupportChoices(shown: SubscriptionDetail): readonly Choice[] {
  const { t } = useTranslation('subscriptions')
  const formats = useFormats()
  const resellers = useResellerChoices(shown.allowed.setSupportContact.ok) ?? []
  const provider = { value: shown.provider.id, label: t('form.yourCompany', { name: shown.provider.name }) }
  const now = shown.supportContact
  const listed = resellers.map(({ resellerId, name, selectable, reasonText }) => ({
    value: resellerId,
    label: selectable ? name : `${name} – ${reasonText ?? ''}`,
    disabled: !selectable && resellerId !== now?.id,
  }))
  const missing = now && now.id !== shown.provider.id && !listed.some(({ value }) => value === now.id)
  return [
    provider,
    ...(missing ? [{ value: now.id, label: t('form.endedChoice', { name: now.name }) }] : []),
    ...listed.toSorted((one, other) => formats.compare(one.label, other.label)),
  ]
}

function valuesOf({ quantity, friendlyName, reseller, supportContact }: SubscriptionDetail): Values {
  return {
    quantity: String(quantity),
    friendlyName,
    reseller: reseller?.partnerId ?? '',
    supportContact: supportContact?.id ?? '',
  }
}

/** The numbers that can be reached now: down as far as lots within their window, up as far as the product is sold. */
function boundsOf({ allowed, quantity, leastQuantity, maxQuantity }: SubscriptionDetail) {
  return {
    least: allowed.reduceLicenses.ok ? leastQuantity : quantity,
    most: allowed.addLicenses.ok ? Math.max(quantity, maxQuantity) : quantity,
  }
}

/** The number of licenses that is asked for, if it is another one and can be reached. */
function wantedQuantity(values: Values, subscription: SubscriptionDetail): number | undefined {
  const typed = values.quantity.trim()
  const wanted = /^\d{1,8}$/.test(typed) ? Number(typed) : undefined
  const { least, most } = boundsOf(subscription)
  return wanted === undefined || wanted === subscription.quantity || wanted < least || wanted > most
    ? undefined
    : wanted
}

/** What the server would refuse anyway, said before it is asked. */
function check(values: Values, subscription: SubscriptionDetail): FormErrors<Values> {
  const { allowed, quantity } = subscription
  const { least, most } = boundsOf(subscription)
  const wanted = /^\d{1,8}$/.test(values.quantity.trim()) ? Number(values.quantity) : undefined
  const wrongQuantity =
    wanted === undefined
      ? { rule: 'wholeNumber' }
      : wanted === quantity
        ? undefined
        : wanted < least
          ? { rule: allowed.reduceLicenses.ok ? 'reductionTooMuch' : 'reductionWindowOver', params: { least } }
          : wanted > most
            ? { rule: 'quantityRange', params: { min: least, max: most } }
            : undefined
  const changesQuantity = allowed.addLicenses.ok || allowed.reduceLicenses.ok
  return {
    ...(changesQuantity && wrongQuantity ? { quantity: wrongQuantity } : {}),
    ...(values.reseller === unverified ? { reseller: { rule: unverified } } : {}),
  }
}

/** Only what was changed goes to the server. */
function bodyOf(values: Values, before: Values, { allowed }: SubscriptionDetail) {
  return {
    ...((allowed.addLicenses.ok || allowed.reduceLicenses.ok) && values.quantity.trim() !== before.quantity
      ? { quantity: Number(values.quantity) }
      : {}),
    ...(allowed.rename.ok && values.friendlyName.trim() !== before.friendlyName
      ? { friendlyName: values.friendlyName.trim() }
      : {}),
    ...(allowed.setReseller.ok && values.reseller !== before.reseller
      ? { resellerPartnerId: values.reseller === '' ? null : values.reseller }
      : {}),
    ...(allowed.setSupportContact.ok && values.supportContact !== before.supportContact
      ? { supportContactId: values.supportContact }
      : {}),
  }
}
