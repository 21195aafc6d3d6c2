import { Button } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { checkAcceptanceDay } from '../../../features/customers/rules.ts'
import { usePermission, useSession } from '../../session.ts'
import { ActionButton } from '../../ui/actions.tsx'
import { ApiCallButton } from '../../ui/ApiCallButton.tsx'
import { DialogBox } from '../../ui/ConfirmDialog.tsx'
import type { FieldError } from '../../ui/errors.ts'
import { FactList } from '../../ui/FactList.tsx'
import { FieldRow, FormBox, FormButtons, TextField } from '../../ui/fields.tsx'
import { requireAll, useForm } from '../../ui/form.ts'
import type { FormErrors } from '../../ui/form.ts'
import { DateText, InstantText } from '../../ui/formats.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Section } from '../../ui/Page.tsx'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useWrite } from '../../ui/useWrite.ts'
import { AgreementBadge } from './AgreementBadge.tsx'
import { type Account, type Customer, customersPath } from './customer.ts'
import { deviceZone, latestAcceptance } from './new-customer.ts'

/** Who accepted the customer agreement, when and how; and where it may be attested. */
export function AgreementCard({ customer, agreement }: { customer: Customer; agreement: Account['agreement'] }) {
  const { t } = useTranslation('customers')
  const { organization } = useSession()
  const mayAttest = usePermission('customers.attest_agreement')
  const [attesting, setAttesting] = useState(false)
  const { status, acceptance } = agreement
  const isProvider = organization.kind === 'provider'
  return (
    <Section
      title={t('agreementCard.title')}
      actions={
        isProvider &&
        status !== 'direct' && (
          <ActionButton
            size="small"
            appearance={status === 'missing' ? 'primary' : 'secondary'}
            action={{
              key: 'attest',
              label: status === 'missing' ? t('agreementCard.attest') : t('agreementCard.update'),
              onPress: () => setAttesting(true),
              disabledBecause: mayAttest ? undefined : t('agreementCard.roleNeeded'),
            }}
          />
        )
      }
    >
      <div style={{ marginBottom: '12px' }}>
        <AgreementBadge status={status} />
      </div>
      {status === 'missing' && isProvider && <Notice tone="warning">{t('agreementCard.missing')}</Notice>}
      {acceptance && (
        <FactList
          facts={[
            {
              label: t('agreementCard.acceptedBy'),
              value: (
                <>
                  {`${acceptance.firstName} ${acceptance.lastName}`}
                  <br />
                  {acceptance.email}
                </>
              ),
            },
            { label: t('agreementCard.acceptedOn'), value: <DateText day={acceptance.acceptedOn} /> },
            {
              label: t('agreementCard.how'),
              value:
                acceptance.method === 'direct'
                  ? t('agreementCard.howDirect')
                  : t('agreementCard.howAttested', { name: acceptance.recordedBy }),
            },
            { label: t('agreementCard.recorded'), value: <InstantText at={acceptance.recordedAt} /> },
            { label: t('agreementCard.version'), value: acceptance.version },
          ]}
        />
      )}
      {attesting && <AttestDialog customer={customer} onClose={() => setAttesting(false)} />}
    </Section>
  )
}

type Values = { acceptedOn: string; firstName: string; lastName: string; email: string; phone: string }

function check(values: Values): FormErrors<Values> {
  const errors: { [Name in keyof Values]?: FieldError } = requireAll(values, [
    'acceptedOn',
    'firstName',
    'lastName',
    'email',
  ])
  const day = errors.acceptedOn ? undefined : checkAcceptanceDay(values.acceptedOn, new Date(), deviceZone())
  if (day) errors.acceptedOn = { rule: day }
  return errors
}

function AttestDialog({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const { t } = useTranslation(['customers', 'common'])
  const path = `${customersPath}/${customer.id}`
  const writer = useWrite(customersPath)
  const contact = customer.account?.details?.contact
  const writeOf = (values: Values) =>
    ({ method: 'POST', path: `${path}/agreement`, body: { ...values, timeZone: deviceZone() } }) as const
  const form = useForm<Values>({
    initial: {
      acceptedOn: '',
      firstName: contact?.firstName ?? '',
      lastName: contact?.lastName ?? '',
      email: contact?.email ?? '',
      phone: contact?.phone ?? '',
    },
    check,
    onSubmit: async (values) => {
      if (!(await writer.send(writeOf(values)))) return
      toast({ text: t('agreementCard.done') })
      onClose()
    },
  })
  const labels = {
    acceptedOn: t('form.acceptedOn'),
    firstName: t('form.acceptorFirstName'),
    lastName: t('form.acceptorLastName'),
    email: t('form.acceptorEmail'),
    phone: t('form.acceptorPhone'),
  }
  return (
    <DialogBox
      wide
      title={t('agreementCard.dialogTitle')}
      busy={writer.busy}
      alert={form.dirty}
      onClose={onClose}
      actions={<ApiCallButton write={writeOf(form.values)} />}
    >
      <p style={{ margin: 0 }}>{t('agreementCard.dialogBody', { customer: customer.name })}</p>
      <FormBox form={form} error={writer.error} labels={labels} label={t('agreementCard.dialogTitle')}>
        <FieldRow>
          <TextField
            form={form}
            name="acceptedOn"
            type="date"
            label={labels.acceptedOn}
            hint={t('form.acceptedOnHint')}
            required
            max={latestAcceptance()}
          />
          <span />
        </FieldRow>
        <FieldRow>
          <TextField form={form} name="firstName" label={labels.firstName} required maxLength={80} />
          <TextField form={form} name="lastName" label={labels.lastName} required maxLength={80} />
        </FieldRow>
        <FieldRow>
          <TextField form={form} name="email" type="email" label={labels.email} required maxLength={254} />
          <TextField form={form} name="phone" type="tel" label={labels.phone} maxLength={30} />
        </FieldRow>
        <FormButtons>
          <SubmitButton state={writer.state}>{t('agreementCard.submit')}</SubmitButton>
          <Button disabledFocusable={writer.busy} onClick={writer.busy ? undefined : onClose}>
            {t('common:action.cancel')}
          </Button>
        </FormButtons>
      </FormBox>
    </DialogBox>
  )
}
