import { Button } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { lengths } from '../../../features/support/rules.ts'
import type { FilingOptions } from '../../../features/support/wire.ts'
import { links } from '../../links.ts'
import { ApiCallButton } from '../../ui/ApiCallButton.tsx'
import { useGo } from '../../ui/AppLink.tsx'
import { FieldRow, FieldSet, FormBox, FormButtons, SelectField, TextAreaField, TextField } from '../../ui/fields.tsx'
import { requireAll, useForm } from '../../ui/form.ts'
import { Notice } from '../../ui/Notice.tsx'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useWrite } from '../../ui/useWrite.ts'
import { AttachmentField } from './AttachmentField.tsx'
import { Filed, refreshed, requestsPath } from './service-request.ts'
import { SeverityField } from './SeverityField.tsx'
import { useAttachments } from './useAttachments.ts'

type Values = {
  about: string
  severity: string
  title: string
  description: string
  name: string
  email: string
  phone: string
}

const account = 'account:'

/** What is asked: about what, how bad it is, what happened, whom to reach, and files. What is typed survives a reload. */
export function FilingForm({ options, subscriptionId }: { options: FilingOptions; subscriptionId: string }) {
  const { t } = useTranslation(['support', 'refusals', 'common'])
  const go = useGo()
  const writer = useWrite(...refreshed)
  const attachments = useAttachments()
  const { customer, contact } = options
  const writeOf = (values: Values) => {
    const isAccount = values.about.startsWith(account)
    return {
      method: 'POST',
      path: requestsPath(customer.id),
      body: {
        subscriptionId: isAccount || values.about === '' ? null : values.about,
        providerId: isAccount ? values.about.slice(account.length) : null,
        severity: values.severity,
        title: values.title,
        description: values.description,
        contact: { name: values.name, email: values.email, phone: values.phone },
        attachments: attachments.ids,
      },
      reply: Filed,
    } as const
  }
  const form = useForm<Values>({
    initial: {
      about: options.subscriptions.some(({ id }) => id === subscriptionId) ? subscriptionId : '',
      severity: 'moderate',
      title: '',
      description: '',
      name: contact.name,
      email: contact.email,
      phone: '',
    },
    keepAs: `new-service-request-${customer.id}-${subscriptionId}`,
    check: (values) => requireAll(values, ['about', 'severity', 'title', 'description', 'name', 'email']),
    onSubmit: async (values) => {
      if (attachments.sending) return
      const answer = await writer.send(writeOf(values))
      if (!answer) return
      form.reset()
      toast({ text: t('form.filed', { number: answer.reply.number }) })
      go(links.serviceRequest(answer.reply.customerId, answer.reply.id), { replace: true })
    },
  })
  const labels = {
    about: t('form.about'),
    severity: t('column.severity'),
    title: t('form.subject'),
    description: t('form.description'),
    name: t('form.contactName'),
    email: t('form.contactEmail'),
    phone: t('form.contactPhone'),
  }
  const chosen = options.subscriptions.find(({ id }) => id === form.values.about)
  const provider = options.providers.find(({ id }) => `${account}${id}` === form.values.about)
  const goesTo = chosen?.goesTo ?? provider?.name
  const barred = chosen?.refused ?? null
  return (
    <FormBox
      form={form}
      error={writer.error}
      labels={labels}
      fieldNames={{ subscriptionId: 'about', providerId: 'about' }}
      label={t('form.title')}
    >
      <SelectField
        form={form}
        name="about"
        label={labels.about}
        emptyLabel={t('form.chooseAbout')}
        hint={goesTo === undefined ? undefined : t('form.goesTo', { name: goesTo })}
        required
        choices={[
          ...options.subscriptions.map(({ id, title, friendlyName }) => ({
            value: id,
            label: friendlyName === '' ? title : `${title} – ${friendlyName}`,
          })),
          ...options.providers.map(({ id, name }) => ({
            value: `${account}${id}`,
            label: t('form.accountOf', { provider: name }),
          })),
        ]}
      />
      {barred && <Notice tone="warning">{t(`refusals:${barred}`)}</Notice>}
      <SeverityField form={form} />
      <TextField form={form} name="title" label={labels.title} required maxLength={lengths.title} />
      <TextAreaField
        form={form}
        name="description"
        label={labels.description}
        hint={t('form.descriptionHint')}
        required
        rows={7}
        maxLength={lengths.body}
      />
      <AttachmentField attachments={attachments} disabled={writer.busy} />
      <FieldSet legend={t('form.contact')}>
        <TextField form={form} name="name" label={labels.name} required maxLength={lengths.name} autoComplete="name" />
        <FieldRow>
          <TextField
            form={form}
            name="email"
            type="email"
            label={labels.email}
            required
            maxLength={254}
            autoComplete="email"
          />
          <TextField
            form={form}
            name="phone"
            type="tel"
            label={labels.phone}
            maxLength={lengths.phone}
            autoComplete="tel"
          />
        </FieldRow>
      </FieldSet>
      <FormButtons>
        <SubmitButton
          state={writer.state}
          disabledBecause={barred ? t(`refusals:${barred}`) : attachments.sending ? t('attach.wait') : undefined}
        >
          {t('form.submit')}
        </SubmitButton>
        <Button disabledFocusable={writer.busy} onClick={() => go(links.serviceRequests())}>
          {t('common:action.cancel')}
        </Button>
        <ApiCallButton write={writeOf(form.values)} />
      </FormButtons>
    </FormBox>
  )
}
