import { useTranslation } from 'react-i18next'
import * as z from 'zod/mini'
import { useRead } from '../../query.ts'
import { usePermission, useSession } from '../../session.ts'
import { ApiCallButton } from '../../ui/ApiCallButton.tsx'
import { CheckField, FormBox, FormButtons, RadioField, SelectField, TextField } from '../../ui/fields.tsx'
import { requireAll, useForm } from '../../ui/form.ts'
import { Notice } from '../../ui/Notice.tsx'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import { useWrite } from '../../ui/useWrite.ts'
import { useResellerChoices } from '../customers/customer.ts'
import { Draft, requestsPath } from './request.ts'

type Values = {
  resellerId: string
  providerId: string
  includePrivileges: boolean
  recipientEmail: string
  language: string
}

const Partners = z.object({ items: z.array(z.object({ organizationId: z.string(), name: z.string() })) })

/** What is asked for. Every other combination is another request with another link. */
export function OptionsForm({
  given,
  onWritten,
}: {
  given: { resellerId: string; providerId: string; includePrivileges: boolean }
  onWritten: (draft: Draft) => void
}) {
  const { t } = useTranslation(['relationships', 'common', 'customers'])
  const { organization, user } = useSession()
  const isProvider = organization.kind === 'provider'
  const mayAsk = usePermission('customers.request_privileges')
  const resellers = useResellerChoices(isProvider) ?? []
  const providers = useRead(
    '/portal/v1/partnerships',
    Partners,
    { state: 'active', size: 200 },
    { enabled: !isProvider },
  )
  const writer = useWrite(requestsPath)
  const writeOf = (values: Values) => ({
    method: 'POST' as const,
    path: requestsPath,
    body: {
      ...(isProvider
        ? { resellerId: values.resellerId === '' || values.resellerId === 'none' ? null : values.resellerId }
        : { providerId: values.providerId }),
      includePrivileges: values.includePrivileges,
      ...(values.recipientEmail.trim() === '' ? {} : { recipientEmail: values.recipientEmail }),
      language: values.language,
    },
  })
  const form = useForm<Values>({
    initial: {
      resellerId: given.resellerId || 'none',
      providerId: given.providerId,
      includePrivileges: given.includePrivileges && mayAsk,
      recipientEmail: '',
      language: user.locale,
    },
    check: (values) => requireAll(values, isProvider ? ['resellerId'] : ['providerId']),
    onSubmit: async (values) => {
      const answer = await writer.send({ ...writeOf(values), reply: Draft })
      if (answer) onWritten(answer.reply)
    },
  })
  const labels = {
    resellerId: t('request.reseller'),
    providerId: t('request.provider'),
    includePrivileges: t('request.includePrivileges'),
    recipientEmail: t('request.recipient'),
    language: t('request.language'),
  }
  if (!isProvider && providers.data?.items.length === 0) return <Notice tone="info">{t('request.noProviders')}</Notice>
  return (
    <FormBox form={form} error={writer.error} labels={labels} label={t('request.options')}>
      {isProvider ? (
        <SelectField
          form={form}
          name="resellerId"
          label={labels.resellerId}
          required
          choices={[
            { value: 'none', label: t('request.noReseller') },
            ...resellers.map((one) => ({
              value: one.resellerId,
              label: one.selectable
                ? `${one.name} (${one.partnerId})`
                : t('customers:form.resellerBarred', { name: one.name, reason: one.reasonText ?? '' }),
              disabled: !one.selectable,
            })),
          ]}
        />
      ) : (
        <SelectField
          form={form}
          name="providerId"
          label={labels.providerId}
          hint={t('request.requiredTogether')}
          required
          choices={(providers.data?.items ?? []).map((one) => ({ value: one.organizationId, label: one.name }))}
        />
      )}
      {mayAsk ? (
        <CheckField
          form={form}
          name="includePrivileges"
          label={labels.includePrivileges}
          hint={t('request.includePrivilegesHint')}
        />
      ) : (
        <Notice tone="info">
          {t('request.privilegesNeedRole')} {t('request.includePrivilegesHint')}
        </Notice>
      )}
      <TextField
        form={form}
        name="recipientEmail"
        type="email"
        label={labels.recipientEmail}
        hint={t('request.recipientHint')}
        maxLength={254}
        autoComplete="off"
      />
      <RadioField
        form={form}
        name="language"
        label={labels.language}
        required
        choices={[
          { value: 'en', label: t('common:language.en') },
          { value: 'tr', label: t('common:language.tr') },
        ]}
      />
      <FormButtons>
        <SubmitButton state={writer.state}>{t('request.write')}</SubmitButton>
        <ApiCallButton write={writeOf(form.values)} />
      </FormButtons>
    </FormBox>
  )
}
